import TreenityProtocol
import TreenitySequencer
import TreenityTesting

/// Patches and batches at random addresses of a small tree, made with more or less knowledge of what happened.
struct RandomProposals {
    private var random: SeededGenerator
    private var milliseconds: Int64 = 1_000
    private let hasIDs: Bool
    private let reach: Int
    private let pace: Int64

    /// - Parameters:
    ///   - hasIDs: some are repeats of others.
    ///   - reach: how many places before the newest one the earliest `base` is.
    ///   - pace: the milliseconds from one patch to the next.
    init(seed: UInt64, hasIDs: Bool = true, reach: Int = 12, pace: Int64 = 1) {
        self.hasIDs = hasIDs
        self.reach = reach
        self.pace = pace
        random = SeededGenerator(seed: seed)
    }

    mutating func below(_ bound: Int) -> Int { Int.random(in: 0..<bound, using: &random) }

    /// A proposal by someone who knows the order up to a place that is not long ago, and no earlier than `first`.
    mutating func next(at seq: SequenceNumber, notBefore first: SequenceNumber = .zero) -> Proposal {
        guard below(5) == 0 else { return .patch(patch(at: seq, first)) }
        return .batch(id: id(), (0..<1 + below(5)).map { _ in patch(at: seq, first) })
    }

    /// An edit of one text, which so is edited again and again.
    mutating func edit(of path: TreePath, at seq: SequenceNumber, notBefore first: SequenceNumber = .zero) -> Proposal {
        milliseconds += pace
        let base = max(first, SequenceNumber(seq.value - Int64(below(reach))))
        return .patch(.seeing(base.value, .edit(.text(.insert("u"))), path, at: milliseconds))
    }

    private mutating func id() -> String? { hasIDs && below(3) == 0 ? "\(below(60))" : nil }

    private mutating func patch(at seq: SequenceNumber, _ first: SequenceNumber) -> Patch {
        milliseconds += pace
        let lateness = below(4) == 0 ? Int64(below(60)) * pace : 0
        let base = below(4) == 0 ? nil : max(first, SequenceNumber(seq.value - Int64(below(2) * below(reach))))
        return Patch(
            operation(isBased: base != nil), path(), timestamp: Timestamp(milliseconds: milliseconds - lateness),
            meta: ["user": .string(["ann", "bob"][below(2)])], id: id(), base: base)
    }

    private mutating func operation(isBased: Bool) -> Patch.Operation {
        switch below(10) {
        case 0..<2: .add(value(depth: 2, isBased: false))
        case 2..<6: .edit(value(depth: 2, isBased: isBased))
        case 6..<9: .move(to: path())
        default: .delete
        }
    }

    private mutating func path() -> TreePath {
        let depth = below(12) == 0 ? 0 : 1 + below(3)
        return (0..<depth).reduce(.root) { path, _ in path.appending(name()) }
    }

    private mutating func name() -> Name { (["a", "b", "/", "s", "t"] as [Name])[below(5)] }

    private mutating func value(depth: Int, isBased: Bool) -> JSONValue {
        guard depth > 0, below(4) != 0 else { return leaf(isBased: isBased) }
        return .object(
            (0..<below(4)).map { _ in
                JSONValue.Member(key: name().text, value: value(depth: depth - 1, isBased: isBased))
            })
    }

    private mutating func leaf(isBased: Bool) -> JSONValue {
        switch below(isBased ? 4 : 2) {
        case 0: .integer(below(100))
        case 1: .string(String(repeating: "x", count: below(4)))
        default: .text(.keep(below(2)), .insert(["", "u", "vw"][below(3)]), .delete(below(2)))
        }
    }
}
