import TreenityClient
import TreenityProtocol
import TreenityStore

/// Follows a part of a tree, and says what happens in it.
///
///     treenity-example localhost tree/spaces/marketing
@main
struct Example {
    static func main() async throws {
        let arguments = CommandLine.arguments.dropFirst()
        let path = try TreePath(parsing: arguments.dropFirst().first ?? "tree")
        let stream = try PatchStream(arguments.first ?? "localhost", path: path)

        async let _: Void = leaveTrace(in: stream)

        for try await update in stream {
            switch update {
            case .state(.live(let session)): print("connected as \(session.welcome?.user ?? "nobody in particular")")
            case .state(.offline(let reason, let delay)): print("\(reason); once more in \(delay)")
            case .state: break
            case .snapshot(let tree): print("\(tree.nodeCount) nodes, and from here on everything that happens:")
            case .changed(let change) where change.patch.seq == nil: break  // one's own, before it is decided
            case .changed(let change): print(change.patch.operation.name, change.patch.path, "by", change.patch.sender)
            case .refused(_, let refusal): print("refused:", refusal.message)
            case .presence(let users): print(Set(users.map(\.user)).sorted().joined(separator: ", "), "are here")
            }
        }
    }

    /// Goes out as soon as there is a connection; the answer comes when the server has stored it.
    static func leaveTrace(in stream: PatchStream) async throws {
        let answer = try await stream.send(Patch(.add("the example was here"), "tree/visits/last"))
        print("the visit is stored, as number \(answer.seq.value)")
    }
}
