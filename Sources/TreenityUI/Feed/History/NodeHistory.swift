import TreenityProtocol
import TreenityStore

/// What happened to a node, newest first, with who did it and what that changed.
struct NodeHistory: Sendable {
    let path: TreePath
    let node: NodeID
    private(set) var items: [Item] = []
    /// The item under the cursor.
    var cursor = 0
    /// The question to the server that is not answered yet.
    var question: String?
    /// Whether the server knows of older ones.
    var hasMore = false
    /// What came here is still to be looked through, from this state backwards; `nil`: it is not, or not any more.
    var rest: History.Position?
    /// Why there is not more.
    var remark: String?

    struct Item: Sendable {
        var patch: Patch
        var time: Timestamp
        var differences: [FeedEntry.Difference]
    }

    /// How many are asked for at once.
    static let batch = 50
    /// How many changes that came here are looked at in one go.
    static let slice = 4_000

    init(_ node: NodeID, at path: TreePath) {
        self.node = node
        self.path = path
    }

    mutating func append(_ patches: [HistoricalPatch]) {
        items += patches.map { historical in
            Item(
                patch: historical.patch, time: historical.patch.timestamp ?? Timestamp(milliseconds: 0),
                differences: historical.differences)
        }
    }

    /// Looks through the next slice of what came here.
    mutating func proceed(_ history: History) {
        guard var position = rest else { return }
        for _ in 0..<NodeHistory.slice {
            guard let entry = history[position] else {
                rest = nil
                return
            }
            if entry.change.concerns(node) {
                items.append(
                    Item(
                        patch: entry.change.patch, time: entry.received,
                        differences: entry.change.differences(atMost: 100)))
            }
            position = position.previous
        }
        rest = position
    }
}

extension HistoricalPatch {
    /// The properties that it changed. What it replaced stands beside it in the same shape.
    var differences: [FeedEntry.Difference] {
        switch patch.operation {
        case .delete:
            guard let previous else { return [] }
            return previous.isObject
                ? previous.leaves.map { FeedEntry.Difference(name: $0.name, old: $0.value, new: nil) }
                : [FeedEntry.Difference(name: "", old: previous, new: nil)]
        case .add(let value), .edit(let value):
            guard value.isObject, !value.isTextEdit else {
                return [FeedEntry.Difference(name: "", old: previous, new: value)]
            }
            let old = Dictionary((previous?.leaves ?? []).map { ($0.name, $0.value) }) { first, _ in first }
            return value.leaves.map { FeedEntry.Difference(name: $0.name, old: old[$0.name], new: $0.value) }
        case .move, .execute: return []
        }
    }
}

extension JSONValue {
    /// The members that are no objects, those of nested objects with the names that lead to them.
    fileprivate var leaves: [(name: String, value: JSONValue)] {
        var leaves: [(name: String, value: JSONValue)] = []
        func visit(_ value: JSONValue, _ way: String) {
            for member in value.members ?? [] where leaves.count < 100 {
                if member.value.isObject, !member.value.isTextEdit {
                    visit(member.value, way + member.key + "/")
                } else {
                    leaves.append((way + member.key, member.value))
                }
            }
        }
        visit(self, "")
        return leaves
    }
}
