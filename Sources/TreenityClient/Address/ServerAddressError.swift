/// A text that is no address of a server: says what is wrong, where, and what to write instead.
public struct ServerAddressError: Error, Hashable, Sendable, CustomStringConvertible {
    /// The text as it was typed.
    public let text: String
    /// What is wrong with it and what to do.
    public let problem: String

    init(_ text: String, _ problem: String) {
        self.text = text
        self.problem = problem
    }

    /// Both, for a person.
    public var description: String { "“\(text)” is no address of a server: \(problem)" }
}
