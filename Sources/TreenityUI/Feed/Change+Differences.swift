import TreenityProtocol
import TreenityStore

extension Change {
    /// The properties that it changed, as the patch calls them.
    ///
    /// Which node a property was of, the tree of that time knew; the patch says it, too: its leaves and the effects are
    /// in the same order.
    func differences(atMost limit: Int) -> [FeedEntry.Difference] {
        var leaves = leaves(of: patch)[...]
        var differences: [FeedEntry.Difference] = []
        for case .property(let change) in effects {
            guard differences.count < limit else { break }
            let place = leaves.firstIndex { $0.key == change.name.text }
            let name = place.map { leaves[$0].name } ?? change.name.text
            if let place { leaves = leaves[(place + 1)...] }
            differences.append(
                FeedEntry.Difference(name: name, old: change.old?.value, new: change.new?.value))
        }
        return differences
    }

    private struct Leaf {
        /// The property's own name.
        var key: String
        /// The names that lead to it from the patch's path; empty where that is its own.
        var name: String
    }

    /// Beyond that, a value is not taken apart to be shown.
    private static let mostBytes = 1 << 16

    private func leaves(of patch: Patch) -> [Leaf] {
        let own = Leaf(key: patch.path.name?.text ?? "", name: "")
        guard let value = patch.operation.value, value.isObject, !value.isTextEdit,
            value.text.utf8.count <= Change.mostBytes
        else { return [own] }
        var leaves: [Leaf] = []
        func visit(_ value: JSONValue, _ way: String) {
            for member in value.members ?? [] {
                let name = way + member.key
                if member.value.isObject, !member.value.isTextEdit {
                    visit(member.value, name + "/")
                } else {
                    leaves.append(Leaf(key: member.key, name: name))
                }
            }
        }
        visit(value, "")
        return leaves
    }
}

extension JSONValue {
    /// Whether it edits a string in place of replacing it.
    var isTextEdit: Bool { text.utf8.starts(with: #"{"$text":"#.utf8) }
}
