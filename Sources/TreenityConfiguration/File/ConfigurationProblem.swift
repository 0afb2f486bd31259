/// What is wrong with a configuration, and what is allowed there.
public struct ConfigurationProblem: Error, Hashable, Sendable, CustomStringConvertible {
    /// Where, from 1; `nil`: in no line of its own.
    public let line: Int?
    /// What, in plain words.
    public let reason: String

    init(_ line: Int?, _ reason: String) {
        self.line = line
        self.reason = reason
    }

    /// `line 12: order is one of …`
    public var description: String { (line.map { "line \($0): " } ?? "") + reason }

    /// `config.yaml:12: order is one of …`, as compilers say it and editors understand it.
    public func description(in file: String) -> String { file + (line.map { ":\($0)" } ?? "") + ": " + reason }
}
