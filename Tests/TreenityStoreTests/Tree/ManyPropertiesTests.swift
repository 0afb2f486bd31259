import Foundation
import Testing
import TreenityProtocol

@testable import TreenityStore

@Suite("A node with many properties")
struct ManyPropertiesTests {
    @Test("takes time in proportion to how many properties something happens to", arguments: Deed.allCases)
    func proportion(_ deed: Deed) throws {
        // The least of several: whatever else the machine does makes it only more.
        let few = try (0..<3).map { _ in try time(of: deed, 2_000) }.min() ?? 0
        let many = try (0..<2).map { _ in try time(of: deed, 16_000) }.min() ?? 0
        #expect(many < few * 24, "eight times as many take \(many / few) times as long")
    }

    /// In seconds of this thread.
    private func time(of deed: Deed, _ count: Int) throws -> Double {
        var tree = try Replica(["n": .object(of: count, "k", 0)])
        let begin = try ManyPropertiesTests.processorTime()
        try deed.perform(count, on: &tree)
        let end = try ManyPropertiesTests.processorTime()
        let node = try #require(tree.node(at: "tree/n"))
        #expect(tree.properties(of: node).count == deed.rest(of: count))
        return end - begin
    }

    private static func processorTime() throws -> Double {
        var time = timespec()
        try #require(clock_gettime(CLOCK_THREAD_CPUTIME_ID, &time) == 0)
        return Double(time.tv_sec) + Double(time.tv_nsec) / 1e9
    }
}

/// What can happen to many properties of `tree/n`, which are called `k0`, `k1` and so on.
enum Deed: CaseIterable, Sendable {
    case adding, lengthening, deleting, deletingOlder, reverting, reloading, undoing

    func perform(_ count: Int, on tree: inout Replica) throws {
        switch self {
        case .adding:
            _ = try tree.apply(.by("", at: 1, .edit(.object(of: count, "new", 0)), "tree/n"))
        case .lengthening:
            let longer: JSONValue = "longer than what was there"
            _ = try tree.apply(.by("", at: 1, .edit(.object(of: count, "k", longer)), "tree/n"))
        case .deleting:
            _ = try delete(count, from: &tree)
        case .deletingOlder:
            _ = try tree.apply(.by("", at: 2, .edit(["k1": 2]), "tree/n"))
            _ = try tree.apply(.by("", at: 1, .delete, "tree/n"), .merge)
        case .reverting:
            for change in try delete(count, from: &tree).reversed() { tree.revert(change) }
        case .reloading:
            let properties = JSONValue.object((JSONValue.object(of: count, "k", 1).members ?? []).reversed())
            var load = SnapshotLoad(path: "tree/n")
            load.add([.init(path: "tree/n", properties: properties, children: 0, timestamp: nil)], to: &tree)
            load.finish(&tree)
        case .undoing:
            try undo(count, in: &tree)
        }
    }

    /// How many properties are there then.
    func rest(of count: Int) -> Int {
        switch self {
        case .adding: count * 2
        case .lengthening, .reverting, .reloading, .undoing: count
        case .deleting: 0
        case .deletingOlder: 1
        }
    }

    private func delete(_ count: Int, from tree: inout Replica) throws -> [Change] {
        try (0..<count).map { number in
            let path = TreePath("tree/n").appending(try Name("k\(number)"))
            return try tree.apply(.by("ann", at: 1, .delete, path))
        }
    }

    private func undo(_ count: Int, in tree: inout Replica) throws {
        var stack = UndoStack()
        let changes = try delete(count, from: &tree)
        let inverse = changes.reversed().flatMap { tree.inverse(of: $0) }
        stack.userDid("a", changes, undoneBy: inverse, in: tree)
        let plan = try #require(stack.plan(.undo, in: tree))
        #expect(plan.disturbances == [])
        for patch in plan.patches { _ = try tree.apply(.by("ann", at: 2, patch.operation, patch.path)) }
    }
}

extension JSONValue {
    /// An object of so many members of one value.
    fileprivate static func object(of count: Int, _ key: String, _ value: JSONValue) -> JSONValue {
        .object((0..<count).map { Member(key: "\(key)\($0)", value: value) })
    }
}
