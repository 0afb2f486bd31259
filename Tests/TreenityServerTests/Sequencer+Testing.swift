import TreenityProtocol
import TreenityStore

@testable import TreenityServer

extension Sequencer {
    /// One before a small tree: nodes `n`, `n/c` and `m`, a property in the root and in two of the nodes.
    static func beforeSmallTree() throws -> Sequencer {
        let document = try JSONValue(parsing: #"{"n":{"p":1,"c":{"q":"text"}},"m":{},"r":0}"#)
        return Sequencer(tree: try Import(document).tree, epoch: "e")
    }

    /// The whole tree as JSON text.
    var content: String { tree.json(at: .root)?.text ?? "nothing" }
}
