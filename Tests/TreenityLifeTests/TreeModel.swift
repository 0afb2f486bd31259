import TreenityProtocol

@testable import TreenityLife

/// A tree that takes patches as a server does: refuses what the protocol refuses.
struct TreeModel: Equatable {
    indirect enum Item: Equatable {
        case property(JSONValue)
        case node([Name: Item])

        init(_ value: JSONValue) {
            guard let members = value.members else {
                self = .property(value)
                return
            }
            var children: [Name: Item] = [:]
            for member in members {
                guard let name = try? Name(member.key) else { continue }
                children[name] = Item(member.value)
            }
            self = .node(children)
        }

        var json: JSONValue {
            switch self {
            case .property(let value): value
            case .node(let children):
                .object(children.sorted { $0.key < $1.key }.map { .init(key: $0.key.text, value: $0.value.json) })
            }
        }

        var nodeCount: Int {
            guard case .node(let children) = self else { return 0 }
            return 1 + children.values.reduce(0) { $0 + $1.nodeCount }
        }

        /// `nil` where a node would become a property, or the reverse.
        func merged(with value: JSONValue) -> Item? {
            guard let members = value.members else {
                if case .property = self { return .property(value) }
                return nil
            }
            guard case .node(var children) = self else { return nil }
            for member in members {
                guard let name = try? Name(member.key) else { return nil }
                let merged = children[name].map { $0.merged(with: member.value) } ?? Item(member.value)
                guard let merged else { return nil }
                children[name] = merged
            }
            return .node(children)
        }

        subscript(names: ArraySlice<Name>) -> Item? {
            get {
                guard let first = names.first else { return self }
                guard case .node(let children) = self else { return nil }
                return children[first]?[names.dropFirst()]
            }
            set {
                guard let first = names.first, case .node(var children) = self else { return }
                if names.count == 1 {
                    children[first] = newValue
                } else {
                    var child = children[first] ?? .node([:])
                    child[names.dropFirst()] = newValue
                    children[first] = child
                }
                self = .node(children)
            }
        }
    }

    private(set) var root: Item

    init(_ content: JSONValue = .emptyObject) {
        root = Item(content)
    }

    func json(at path: TreePath) -> JSONValue? { root[path.names[...]]?.json }
    var nodeCount: Int { root.nodeCount }

    /// Applies a patch; returns why the protocol refuses it.
    mutating func apply(_ patch: Patch) -> String? {
        let names = patch.path.names[...]
        let there = root[names]
        switch patch.operation {
        case .add(let value):
            if case .node = there { return "exists" }
            guard mayCreate(names) else { return "type-mismatch" }
            if there != nil, value.isObject { return "type-mismatch" }
            root[names] = Item(value)
        case .edit(let value):
            guard let there else { return "not-found" }
            guard let merged = there.merged(with: value) else { return "type-mismatch" }
            if names.isEmpty { root = merged } else { root[names] = merged }
        case .delete:
            guard there != nil else { return "not-found" }
            guard !names.isEmpty else { return "forbidden" }
            root[names] = nil
        case .move(let target):
            guard let there else { return "not-found" }
            guard !names.isEmpty else { return "forbidden" }
            guard !target.isBelow(patch.path) else { return "cycle" }
            guard root[target.names[...]] == nil else { return "exists" }
            guard mayCreate(target.names[...]) else { return "type-mismatch" }
            root[names] = nil
            root[target.names[...]] = there
        case .execute:
            return "no-action"
        }
        return nil
    }

    /// Whether no ancestor is a property.
    private func mayCreate(_ names: ArraySlice<Name>) -> Bool {
        names.indices.allSatisfy { index in
            if case .property = root[names[..<index]] { return false }
            return true
        }
    }
}

extension Patch {
    /// Whether a server reads back from the wire what was meant.
    var survivesTheWire: Bool {
        guard case .success(.patch(let read))? = ClientFrame.decode(ClientFrame.patch(self).encoded()).first else {
            return false
        }
        return read == self
    }
}
