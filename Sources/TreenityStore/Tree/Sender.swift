/// Who wrote something, compared byte for byte as stamps are.
struct Sender: Hashable, Sendable {
    let name: String

    static func == (one: Sender, other: Sender) -> Bool {
        one.name.utf8.elementsEqual(other.name.utf8)
    }
}
