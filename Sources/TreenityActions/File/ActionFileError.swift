/// What is wrong with a file of actions.
public struct ActionFileError: Error, Hashable, Sendable, CustomStringConvertible {
    /// Where, from 1; `nil`: in no line of its own.
    public let line: Int?
    /// What, of which action, and what to do.
    public let reason: String

    init(_ line: Int?, _ reason: String) {
        self.line = line
        self.reason = reason
    }

    /// `line 12: the action at tree/x: …`
    public var description: String { (line.map { "line \($0): " } ?? "") + reason }
}
