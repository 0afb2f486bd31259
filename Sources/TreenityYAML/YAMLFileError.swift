/// What is wrong with a file of YAML, and what is allowed there.
public struct YAMLFileError: Error, Hashable, Sendable, CustomStringConvertible {
    /// Where, from 1; `nil`: in no line of its own.
    public let line: Int?
    /// What, whose it is, and what to do, in plain words.
    public let reason: String

    /// This, in that line.
    public init(_ line: Int?, _ reason: String) {
        self.line = line
        self.reason = reason
    }

    /// `line 12: order is one of …`
    public var description: String { (line.map { "line \($0): " } ?? "") + reason }

    /// `config.yaml:12: order is one of …`, as compilers say it and editors understand it.
    public func description(in file: String) -> String { file + (line.map { ":\($0)" } ?? "") + ": " + reason }
}
