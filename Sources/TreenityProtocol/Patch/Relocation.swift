/// A move as seen by what is addressed within its source.
public struct Relocation: Hashable, Sendable {
    /// The address before.
    public let source: TreePath
    /// The address after.
    public let target: TreePath

    /// A move from one address to another.
    public init(from source: TreePath, to target: TreePath) {
        self.source = source
        self.target = target
    }

    /// Where what was at an address is after the move.
    public func carry(_ path: TreePath) -> TreePath { path.replacing(source, with: target) ?? path }
}

extension Patch {
    /// The patch at the addresses to which a move has taken what it is about: for who made it without knowing of the move.
    ///
    /// Of an `EDIT`, the nested members that moved out of the value's place follow too; it then begins at the address
    /// that the old place and the new one have in common. What an `ADD` brings is new and stays together.
    ///
    /// - Complexity: O(length of the paths), and O(size of the value) where part of it follows.
    public func carried(over move: Relocation) -> Patch {
        var patch = self
        patch.path = move.carry(path)
        switch operation {
        case .move(let target): patch.operation = .move(to: move.carry(target))
        case .edit(let value):
            guard let way = move.source.names(from: path), !way.isEmpty, let part = value.member(at: way) else { break }
            let rest = value.removingMember(at: way)
            patch.path = path.commonAncestor(with: move.target)
            let inner = path.names(from: patch.path) ?? []
            let outer = move.target.names(from: patch.path) ?? []
            let stayed = rest == .emptyObject ? rest : rest.wrapped(in: inner)
            patch.operation = .edit(stayed.settingMember(at: outer, to: part))
        case .add, .delete, .execute: break
        }
        return patch
    }
}

extension TreePath {
    /// The deepest address that both lie within.
    func commonAncestor(with other: TreePath) -> TreePath {
        let shared = zip(names, other.names).prefix { $0 == $1 }.map(\.0)
        return TreePath.root.appending(shared)
    }
}

extension JSONValue {
    /// The member to which these names lead through nested objects; `nil`: there is none.
    public func member(at way: some Collection<Name>) -> JSONValue? {
        guard let first = way.first else { return self }
        return self[first.text]?.member(at: way.dropFirst())
    }

    /// This object without the member to which these names lead, nor the objects that held nothing else: they would
    /// create what is gone meanwhile.
    ///
    /// - Precondition: there is such a member.
    func removingMember(at way: some Collection<Name>) -> JSONValue {
        guard let first = way.first, let members else { return self }
        let isLast = way.count == 1
        return .object(
            members.compactMap { member in
                guard member.key.hasSameBytes(as: first.text) else { return member }
                let rest = isLast ? .emptyObject : member.value.removingMember(at: way.dropFirst())
                return rest == .emptyObject ? nil : Member(key: member.key, value: rest)
            })
    }

    /// An object within objects, one a name.
    func wrapped(in way: some BidirectionalCollection<Name>) -> JSONValue {
        way.reversed().reduce(self) { value, name in .object([Member(key: name.text, value: value)]) }
    }

    func settingMember(at way: some Collection<Name>, to value: JSONValue) -> JSONValue {
        guard let first = way.first else { return value }
        let inner = self[first.text] ?? .emptyObject
        return setting(first.text, to: inner.settingMember(at: way.dropFirst(), to: value))
    }
}
