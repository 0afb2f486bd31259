import Testing
import TreenityProtocol

@testable import TreenityStore

extension Replica {
    /// A tree with this content, written at moment 0 by nobody.
    init(_ json: JSONValue) throws {
        self.init()
        _ = try apply(Patch(.add(json), .root, timestamp: Timestamp(milliseconds: 0)), .decided)
    }

    /// Applies a patch that needs no clock.
    mutating func apply(_ patch: Patch, _ rule: ApplyRule = .admission) throws(Refusal) -> Change {
        try apply(patch, rule: rule, now: Timestamp(milliseconds: 0))
    }

    var json: JSONValue { json(of: root) }

    /// All that one can see of a tree, order, stamps and identities included.
    var everything: [Seen] {
        subtree(of: root).map { node in
            Seen(
                path: path(of: node), node: node, stamp: stamp(of: node), ownStamp: records[Int(node.slot)].stamp,
                childCount: childCount(of: node), properties: properties(of: node))
        }
    }

    struct Seen: Hashable {
        var path: TreePath
        var node: NodeID
        var stamp: Stamp
        var ownStamp: StoredStamp
        var childCount: Int
        var properties: [Property]
    }

    /// What one cannot see of a tree, but what later patches depend on.
    var memory: Memory {
        let marks = deletions.marks.map { way, mark in (way.map { name($0) }, mark) }
        return Memory(
            marks: Dictionary(uniqueKeysWithValues: marks), moves: forwards.moves.map(\.move), newest: newest,
            nodeCount: nodeCount)
    }

    struct Memory: Equatable {
        var marks: [[Name]: DeletionStamps.Mark]
        var moves: [Relocation]
        var newest: Timestamp
        var nodeCount: Int
    }

    /// Checks that family, index and slots agree with one another.
    func expectWhole(reserved: Int = 0, _ location: SourceLocation = #_sourceLocation) {
        #expect(subtree(of: root).allSatisfy(isLoaded), sourceLocation: location)
        expectSlots(reserved: reserved, location)
    }

    /// As ``expectWhole(reserved:_:)``, where parts may be not loaded.
    func expectSlots(reserved: Int = 0, _ location: SourceLocation = #_sourceLocation) {
        let nodes = Array(subtree(of: root))
        #expect(nodes.allSatisfy(knowsItsFamily), sourceLocation: location)
        #expect(nodes.count == nodeCount, sourceLocation: location)
        #expect(records.count == nodeCount + freeSlots.count + reserved, "a slot leaks", sourceLocation: location)
        #expect(Set(freeSlots).count == freeSlots.count, "a slot is free twice", sourceLocation: location)
    }

    private func knowsItsFamily(_ node: NodeID) -> Bool {
        let children = Array(children(of: node))
        let isLinkedBack = zip(children, children.dropFirst()).allSatisfy { previousSibling(of: $1) == $0 }
        let isCounted = !isLoaded(node) || children.count == childCount(of: node)
        return isLinkedBack && isCounted && children.last == lastChild(of: node)
            && children.allSatisfy { parent(of: $0) == node && child(name(of: $0), of: node) == $0 }
            && self.node(at: path(of: node)) == node
    }
}

extension JSONValue {
    /// The same value with the members of all objects in the order of their keys.
    var sorted: JSONValue {
        guard let members else { return self }
        return .object(members.map { Member(key: $0.key, value: $0.value.sorted) }.sorted(by: Member.precedes))
    }
}

extension JSONValue.Member {
    /// By the bytes of the keys: strings compare keys in different normalization forms as equal.
    static func precedes(_ one: Self, _ other: Self) -> Bool {
        one.key.utf8.lexicographicallyPrecedes(other.key.utf8)
    }
}

extension Patch {
    /// A patch of this user at this moment.
    static func by(_ user: String, at milliseconds: Int64, _ operation: Operation, _ path: TreePath) -> Patch {
        Patch(
            operation, path, timestamp: Timestamp(milliseconds: milliseconds),
            meta: user.isEmpty ? nil : ["user": .string(user)])
    }
}
