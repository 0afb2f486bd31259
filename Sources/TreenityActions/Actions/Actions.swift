public import TreenityProtocol

/// The actions that a server has: finds the one at a path, and runs it.
///
/// Made by ``withActions(_:options:_:)``. At every path whose last name is `@echo` there is an action that replies its
/// value; all others are those of an ``ActionFile``.
public struct Actions: Sendable {
    private let file: ActionFile
    private let options: ActionOptions
    private let client: HTTPActionClient
    private let turns: Turns

    init(file: ActionFile, options: ActionOptions, client: HTTPActionClient) {
        self.file = file
        self.options = options
        self.client = client
        turns = Turns(running: options.maximumRunning, waiting: options.maximumWaiting)
    }

    /// The action at a path; `nil`: there is none (`no-action`).
    ///
    /// - Complexity: O(number of actions).
    public func action(at path: TreePath) -> Action? {
        path.name?.text == Action.echoName ? .echo : file.action(at: path)
    }

    /// Runs an action, and waits for its reply: for its turn, where very many run, up to its time limit, and then up to
    /// its time limit again.
    ///
    /// Cancelling the task ends the action.
    ///
    /// - Parameters:
    ///   - value: the argument of the `EXECUTE`.
    ///   - user: who runs it.
    /// - Throws: ``ActionFailure``, where it does not succeed within its bounds.
    public func run(
        _ action: Action, path: TreePath, value: JSONValue?, user: String
    ) async throws(ActionFailure) -> ActionReply {
        let call = ActionCall(path: path, value: value, user: user)
        do throws(ActionFailure.Cause) {
            switch action.work {
            case .echo:
                return ActionReply(value: value ?? .null)
            case .post(let post):
                return try await reply(within: post.timeout) { () async throws(ActionFailure.Cause) in
                    try await client.reply(of: post, to: call)
                }
            case .command(let command):
                let run = CommandRun(command: command, options: options)
                return try await reply(within: command.timeout) { () async throws(ActionFailure.Cause) in
                    try await run.reply(to: call)
                }
            }
        } catch {
            throw ActionFailure(path: path, cause: error)
        }
    }

    /// Waits for a turn, then gets the bytes of a reply and reads them; each of the two within the time limit.
    private func reply(
        within limit: Duration, _ bytes: @escaping @Sendable () async throws(ActionFailure.Cause) -> [UInt8]
    ) async throws(ActionFailure.Cause) -> ActionReply {
        let timer = TimeLimit(limit, on: options.clock)
        guard await timer.cancelling({ await turns.take() }).value else {
            throw Task.isCancelled ? .cancelled : .tooManyRunning
        }
        defer { turns.giveBack() }
        let (result, isLate) = await timer.cancelling { () async -> Result<[UInt8], ActionFailure.Cause> in
            do throws(ActionFailure.Cause) { return .success(try await bytes()) } catch { return .failure(error) }
        }
        if isLate, case .failure(.cancelled) = result { throw .tookTooLong(limit) }
        return try ActionReply(parsing: result.get())
    }
}
