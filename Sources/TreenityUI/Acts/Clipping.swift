public import TreenityProtocol

/// Subtrees and properties that were copied, to be pasted here or into another tree.
public struct Clipping: Hashable, Sendable {
    /// One of them.
    public struct Item: Hashable, Sendable {
        /// What it was called.
        public var name: Name
        /// The node as an object, or the property's value.
        public var value: JSONValue
    }

    /// What was copied, in the order in which it was marked.
    public var items: [Item]

    /// The most bytes that are copied.
    static let maximumBytes = 4 << 20

    init(_ items: [Item]) {
        self.items = items
    }

    /// As it is kept in a file, for other clients and later runs.
    public var json: JSONValue {
        [
            "v": 1, "items": .array(items.map { ["name": .string($0.name.text), "value": $0.value] }),
        ]
    }

    /// What ``json`` gave; `nil`: it did not.
    public init?(_ json: JSONValue) {
        guard json["v"] == 1, let elements = json["items"]?.elements, !elements.isEmpty else { return nil }
        items = elements.compactMap { element in
            guard let name = element["name"]?.string.flatMap({ try? Name($0) }), let value = element["value"] else {
                return nil
            }
            return Item(name: name, value: value)
        }
        guard items.count == elements.count else { return nil }
    }
}
