import TreenityProtocol

/// The table of operations on nested dictionaries: what a replica must agree with. Knows no stamps and no order.
struct ModelTree: Equatable {
    var properties: [Name: JSONValue] = [:]
    var children: [Name: ModelTree] = [:]

    var json: JSONValue {
        let own = properties.map { JSONValue.Member(key: $0.key.text, value: $0.value.sorted) }
        let below = children.map { JSONValue.Member(key: $0.key.text, value: $0.value.json) }
        return .object((own + below).sorted(by: JSONValue.Member.precedes))
    }

    init() {}

    init(_ json: JSONValue) {
        for member in json.members ?? [] {
            guard let name = try? Name(member.key) else { continue }
            if member.value.isObject {
                children[name] = ModelTree(member.value)
            } else {
                properties[name] = member.value
            }
        }
    }

    /// The code of the refusal; `nil` where it was done.
    mutating func apply(_ patch: Patch) -> Refusal.Code? {
        var copy = self
        let refusal = copy.perform(patch)
        if refusal == nil { self = copy }
        return refusal
    }

    private mutating func perform(_ patch: Patch) -> Refusal.Code? {
        let way = patch.path.names[...]
        switch patch.operation {
        case .add(let value):
            guard node(at: way) == nil else { return .exists }
            if property(at: way) != nil { return set(value, at: way) }
            return create(way, value)
        case .edit(let value):
            if node(at: way) != nil { return change(way) { $0.merge(value) } }
            return property(at: way) == nil ? .notFound : set(value, at: way)
        case .delete:
            return way.isEmpty ? .forbidden : remove(way) == nil ? .notFound : nil
        case .move(let target):
            return move(way, to: target.names[...])
        case .execute:
            return nil
        }
    }

    private mutating func move(_ way: ArraySlice<Name>, to target: ArraySlice<Name>) -> Refusal.Code? {
        if way.isEmpty { return .forbidden }
        let isNode = node(at: way) != nil
        guard isNode || property(at: way) != nil else { return .notFound }
        if isNode, target.count > way.count, target.starts(with: way) { return .cycle }
        if node(at: target) != nil || property(at: target) != nil { return .exists }
        if isBlocked(target) { return .typeMismatch }
        guard let moved = remove(way) else { return .notFound }
        switch moved {
        case .node(let node):
            if let refusal = create(target, .emptyObject) { return refusal }
            return change(target) {
                $0 = node; return nil
            }
        case .property(let value):
            return create(target, value)
        }
    }

    // MARK: Steps

    private enum Item {
        case node(ModelTree)
        case property(JSONValue)
    }

    func node(at way: ArraySlice<Name>) -> ModelTree? {
        guard let first = way.first else { return self }
        return children[first]?.node(at: way.dropFirst())
    }

    private func property(at way: ArraySlice<Name>) -> JSONValue? {
        way.last.flatMap { node(at: way.dropLast())?.properties[$0] }
    }

    private func isBlocked(_ way: ArraySlice<Name>) -> Bool {
        way.indices.dropLast().contains { property(at: way[...$0]) != nil }
    }

    private mutating func change(
        _ way: ArraySlice<Name>, _ body: (inout ModelTree) -> Refusal.Code?
    ) -> Refusal.Code? {
        guard let first = way.first else { return body(&self) }
        return children[first, default: ModelTree()].change(way.dropFirst(), body)
    }

    private mutating func set(_ value: JSONValue, at way: ArraySlice<Name>) -> Refusal.Code? {
        guard !value.isObject, let name = way.last else { return .typeMismatch }
        return change(way.dropLast()) {
            $0.properties[name] = value; return nil
        }
    }

    private mutating func create(_ way: ArraySlice<Name>, _ value: JSONValue) -> Refusal.Code? {
        if isBlocked(way) { return .typeMismatch }
        guard value.isObject else { return set(value, at: way) }
        return change(way) {
            $0 = ModelTree(value); return nil
        }
    }

    private mutating func remove(_ way: ArraySlice<Name>) -> Item? {
        guard let name = way.last, node(at: way.dropLast()) != nil else { return nil }
        var removed: Item?
        _ = change(way.dropLast()) {
            if let child = $0.children.removeValue(forKey: name) {
                removed = .node(child)
            } else if let value = $0.properties.removeValue(forKey: name) {
                removed = .property(value)
            }
            return nil
        }
        return removed
    }

    private mutating func merge(_ value: JSONValue) -> Refusal.Code? {
        guard let members = value.members else { return .typeMismatch }
        for member in members {
            guard let name = try? Name(member.key) else { return .invalidPath }
            if children[name] != nil {
                if let refusal = children[name]?.merge(member.value) { return refusal }
            } else if !member.value.isObject {
                properties[name] = member.value
            } else if properties[name] != nil {
                return .typeMismatch
            } else {
                children[name] = ModelTree(member.value)
            }
        }
        return nil
    }
}
