extension TextEdit {
    /// The one form of all edits that do the same: compact, and inserts before deletes at one place.
    ///
    /// Two edits have the same normal form exactly when they do the same to every text that is long enough for both; the
    /// normal form no longer asks for what a last keep passed over. It is for comparing: see ``TextEdit`` for what the
    /// order of an insert and a delete means to concurrent edits. O(steps); no allocation where it is this edit.
    public var normalized: TextEdit {
        guard !isNormal else { return self }
        var builder = TextEditBuilder(capacity: steps.count)
        var deleted = 0
        for step in steps {
            switch step {
            case .insert:
                builder.append(step)
            case .delete(let count):
                deleted = deleted.addingClamped(max(count, 0))
            case .keep(let count):
                guard count > 0 else { continue }
                builder.delete(deleted)
                builder.keep(count)
                deleted = 0
            }
        }
        builder.delete(deleted)
        return builder.finish()
    }

    /// Whether this edit changes no text.
    public var isEmpty: Bool {
        steps.allSatisfy { step in
            switch step {
            case .keep: true
            case .insert(let text): text.isEmpty
            case .delete(let count): count <= 0
            }
        }
    }

    /// Whether this is the normal form: at each place at most an insert and then a delete, places apart by one keep.
    private var isNormal: Bool {
        var before = -1
        for step in steps {
            let rank: Int
            switch step {
            case .keep(let count):
                guard count > 0 else { return false }
                rank = 0
            case .insert(let text):
                guard !text.isEmpty else { return false }
                rank = 1
            case .delete(let count):
                guard count > 0 else { return false }
                rank = 2
            }
            guard rank > before || (rank == 0 && before != 0) else { return false }
            before = rank
        }
        return before != 0
    }
}
