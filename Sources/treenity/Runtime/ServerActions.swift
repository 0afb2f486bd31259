import Foundation
import TreenityActions
import TreenityProtocol
import TreenitySequencer
import TreenityServer

/// The actions of a file, for a server.
struct ServerActions: ActionRunner {
    let actions: Actions

    func offers(_ path: TreePath) -> Bool { actions.action(at: path) != nil }

    func run(
        _ path: TreePath, argument: JSONValue?, user: String
    ) async -> (outcome: Result<Completion.Yield, Refusal>, sender: Sender) {
        guard let action = actions.action(at: path) else {
            // It was there under the address that the EXECUTE named; meanwhile that has moved.
            let refusal = Refusal(.actionFailed, "there is no action at \(path), where it has moved", path: path)
            return (.failure(refusal), Sender(user: user))
        }
        let sender = Sender(user: action.user ?? user, rights: action.rights)
        do {
            let reply = try await actions.run(action, path: path, value: argument, user: user)
            return (.success(.init(value: reply.value, patches: reply.patches)), sender)
        } catch {
            return (.failure(error.refusal), sender)
        }
    }

    /// Lets `body` use the actions of a file; `nil`: those that every server has.
    static func with<Value>(
        _ path: String?, _ environment: [String: String], _ body: (ServerActions) async throws -> Value
    ) async throws -> Value {
        let file = try path.map(ServerActions.file) ?? .empty
        return try await withActions(file, options: ActionOptions(environment: environment)) { actions in
            try await body(ServerActions(actions: actions))
        }
    }

    private static func file(_ path: String) throws -> ActionFile {
        let text: String
        do {
            text = try String(contentsOfFile: path, encoding: .utf8)
        } catch {
            throw Failure("cannot read \(path): \(error.localizedDescription)")
        }
        do {
            return try ActionFile(parsing: text)
        } catch {
            throw Failure("\(path), \(error)")
        }
    }
}
