import TreenityProtocol

/// A node with all below it as a value: names in order, each of a property or of a child node.
struct Subtree: Hashable, Sendable {
    /// What a name stands for.
    enum Item: Hashable, Sendable {
        /// A value that is no object.
        case property(JSONValue)
        case node(Subtree)
    }

    /// A name with what it stands for.
    struct Entry: Hashable, Sendable {
        let name: Name
        let item: Item
    }

    /// No name occurs twice.
    private(set) var entries: [Entry]

    /// A node of these entries; of equal names the last counts, in the place of the first. O(count).
    init(_ entries: some Sequence<Entry>) {
        var places: [Name: Int] = [:]
        self.entries = []
        for entry in entries {
            if let place = places.updateValue(self.entries.count, forKey: entry.name) {
                places[entry.name] = place
                self.entries[place] = entry
            } else {
                self.entries.append(entry)
            }
        }
    }

    /// A node with these child nodes alone; of equal names the last counts.
    init(nodes: some Sequence<(name: Name, node: Subtree)>) {
        self.init(nodes.map { Entry(name: $0.name, item: .node($0.node)) })
    }

    /// What a name stands for here. O(count).
    subscript(name: Name) -> Item? { entries.first { $0.name == name }?.item }

    /// The child node of this name. O(count).
    func node(_ name: Name) -> Subtree? {
        guard case .node(let node) = self[name] else { return nil }
        return node
    }

    /// The property of this name. O(count).
    func property(_ name: Name) -> JSONValue? {
        guard case .property(let value) = self[name] else { return nil }
        return value
    }

    /// Whether a value may be written to this name: no child node has it.
    func mayHoldProperty(_ name: Name) -> Bool { node(name) == nil }

    /// The child nodes, in order.
    var nodes: [(name: Name, node: Subtree)] {
        entries.compactMap { entry in
            guard case .node(let node) = entry.item else { return nil }
            return (entry.name, node)
        }
    }
}

extension Subtree: ExpressibleByDictionaryLiteral {
    /// A node of these entries, `nil` left out.
    ///
    /// - Precondition: the names differ.
    init(dictionaryLiteral elements: (Name, Item?)...) {
        entries = elements.compactMap { name, item in item.map { Entry(name: name, item: $0) } }
    }
}

extension Subtree.Item {
    static func text(_ text: String) -> Subtree.Item { .property(.string(text)) }
    static func number(_ number: Int64) -> Subtree.Item { .property(.integer(number)) }
}
