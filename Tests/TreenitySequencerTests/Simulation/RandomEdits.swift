import TreenityProtocol
import TreenityStore
import TreenityTesting

/// Edits of what a tree holds, of few names, so that they meet often.
struct RandomEdits {
    var generator: SeededGenerator

    mutating func below(_ bound: Int) -> Int { Int.random(in: 0..<bound, using: &generator) }

    mutating func edit(of tree: Replica) -> (Patch.Operation, TreePath) {
        switch below(16) {
        case 0..<3: (.add(value(depth: 2)), path(in: tree))
        case 3..<6: (.edit(value(depth: 2)), path(in: tree))
        case 6: (.delete, path(in: tree))
        case 7..<12: (.move(to: path(in: tree)), path(in: tree))
        default: text(in: tree) ?? (.add(text), path(in: tree).appending(name()))
        }
    }

    private mutating func path(in tree: Replica) -> TreePath {
        let nodes = Array(tree.subtree(of: tree.root))
        let path = tree.path(of: nodes[below(nodes.count)])
        guard below(3) > 0, path.depth < 6 else { return path }
        return path.appending(name())
    }

    private mutating func name() -> Name {
        let names: [Name] = ["a", "b", "c", "d", "t"]
        return names[below(names.count)]
    }

    private mutating func value(depth: Int) -> JSONValue {
        if depth == 0 || below(4) == 0 { return below(2) == 0 ? text : .integer(below(100)) }
        return .object((0...below(2)).map { _ in JSONValue.Member(key: name().text, value: value(depth: depth - 1)) })
    }

    private let text: JSONValue = .string("héllo wörld")

    /// An edit of one or two texts of a node; `nil`: the tree has none.
    private mutating func text(in tree: Replica) -> (Patch.Operation, TreePath)? {
        let nodes = tree.subtree(of: tree.root).filter { tree.properties(of: $0).contains { $0.value.string != nil } }
        guard !nodes.isEmpty else { return nil }
        let node = nodes[below(nodes.count)]
        let texts = tree.properties(of: node).filter { $0.value.string != nil }
        let first = below(texts.count)
        let path = tree.path(of: node)
        guard texts.count > 1, below(2) == 0 else {
            return (.edit(edit(of: texts[first].value)), path.appending(texts[first].name))
        }
        return (.edit(.object(texts.prefix(2).map { .init(key: $0.name.text, value: edit(of: $0.value)) })), path)
    }

    private mutating func edit(of text: JSONValue) -> JSONValue {
        let length = text.string?.unicodeScalars.count ?? 0
        let start = below(length + 1)
        let deleted = below(min(3, length - start) + 1)
        var steps: [TextEdit.Step] = [.keep(start)]
        if below(4) > 0 { steps.append(.insert(["x", "é", "yz"][below(3)])) }
        if deleted > 0 { steps.append(.delete(deleted)) }
        return TextEdit(steps).json
    }
}
