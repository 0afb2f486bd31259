public import TreenityProtocol
public import TreenitySequencer

/// Runs what an `EXECUTE` asks for.
public protocol ActionRunner: Sendable {
    /// Whether there is an action at a path.
    func offers(_ path: TreePath) -> Bool

    /// Runs the action.
    ///
    /// - Parameters:
    ///   - path: where it is, as it is called now.
    ///   - argument: what the `EXECUTE` carried.
    ///   - user: who has sent it.
    /// - Returns: what it gave, or why it failed; and as whom, with which rights, its patches are made.
    func run(
        _ path: TreePath, argument: JSONValue?, user: String
    ) async -> (outcome: Result<Completion.Yield, Refusal>, sender: Sender)
}

/// The action that every server has: `…/@echo` gives back its argument.
public struct EchoAction: ActionRunner {
    /// The only one.
    public init() {}

    /// Whether the last name is `@echo`.
    public func offers(_ path: TreePath) -> Bool { path.name?.text == "@echo" }

    /// The argument, `null` where there is none.
    public func run(
        _ path: TreePath, argument: JSONValue?, user: String
    ) async -> (outcome: Result<Completion.Yield, Refusal>, sender: Sender) {
        (.success(.init(value: argument ?? .null)), Sender(user: user, rights: Rights()))
    }
}
