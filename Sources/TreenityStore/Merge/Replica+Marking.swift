import TreenityProtocol

extension Replica {
    /// Remembers that an address was deleted.
    mutating func mark(_ way: [UInt32], deletedAt stamp: StoredStamp, in draft: inout Draft) {
        let previous = deletions.mark(at: way)
        var mark = previous
        mark.deletion = previous.deletion.map { later($0, stamp) } ?? stamp
        guard mark != previous else { return }
        draft.traces.append(.mark(way: way, previous: previous))
        deletions.set(mark, at: way)
    }

    /// What is known of the deletions of what moved goes with it; the target is free of its own.
    mutating func moveMarks(_ path: TreePath, to target: TreePath, in draft: inout Draft) {
        guard draft.rule.comparesStamps, deletions.count > 0 else { return }
        let source = numbers(path)
        let target = numbers(target)
        let mark = DeletionStamps.Mark(deletion: cover(of: source).deletion, shield: cover(of: target).deletion)
        let (moved, replaced) = deletions.move(source, to: target)
        if moved || replaced != nil {
            draft.traces.append(.marksMoved(source: source, target: target, moved: moved, replaced: replaced))
        }
        let previous = deletions.mark(at: target)
        guard mark != previous else { return }
        draft.traces.append(.mark(way: target, previous: previous))
        deletions.set(mark, at: target)
    }

    /// The numbers of a path's names.
    mutating func numbers(_ path: TreePath) -> [UInt32] { path.names.map { names.intern($0.text) } }

    /// The numbers of the names that lead from the root to a node.
    mutating func wayNumbers(to slot: Int32) -> [UInt32] {
        var reversed: [UInt32] = []
        var slot = slot
        while slot != root.slot {
            reversed.append(names.intern(records[Int(slot)].name))
            slot = records[Int(slot)].parent
        }
        return reversed.reversed()
    }
}
