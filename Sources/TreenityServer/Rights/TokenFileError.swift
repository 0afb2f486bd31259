/// What is wrong with a token file.
public struct TokenFileError: Error, Hashable, Sendable, CustomStringConvertible {
    /// Where, from 1; `nil`: in no line of its own.
    public let line: Int?
    /// What, whose token it is about, and what to do.
    public let reason: String

    init(_ line: Int?, _ reason: String) {
        self.line = line
        self.reason = reason
    }

    /// `line 12: the token of ann: …`
    public var description: String { (line.map { "line \($0): " } ?? "") + reason }
}
