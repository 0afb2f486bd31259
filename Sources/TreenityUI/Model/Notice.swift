/// A message to the user in the place of the hints, until the next key.
struct Notice: Equatable, Sendable {
    enum Weight: Sendable {
        case information, warning, failure
    }

    var text: String
    var weight: Weight

    static func information(_ text: String) -> Notice { Notice(text: text, weight: .information) }
    static func warning(_ text: String) -> Notice { Notice(text: text, weight: .warning) }
    static func failure(_ text: String) -> Notice { Notice(text: text, weight: .failure) }
}
