import TreenityProtocol
import TreenityStore

/// What became of a patch that was not refused.
struct Outcome {
    /// `nil`: nothing took effect.
    let admission: Admission?
    /// The leaves that were too old, as their sender called them.
    let superseded: [String]
}

extension Sequencer {
    /// Applies a patch as the tree is now; it gets a place in the order where it has an effect.
    mutating func apply(_ patch: Patch, rights: Rights, now: Timestamp) throws(Refusal) -> Outcome {
        guard patch.base ?? seq <= seq else {
            throw Refusal(.invalidPatch, "“base” is later than seq \(seq.value), the newest", path: patch.path)
        }
        var effort = Effort()
        let carried = try memory.carried(patch, &effort)
        guard rights.allow(carried.patch) else {
            throw Refusal(.forbidden, "you have no right to \(patch.operation.name) \(patch.path)", path: patch.path)
        }
        switch carried.patch.operation {
        case .add, .delete, .edit: break
        case .move(let target): try checkDepth(of: carried.patch.path, at: target)
        case .execute: return execute(carried.patch, now: now)
        }
        let transformed = try memory.transformed(carried.patch, in: tree, at: seq, &effort)
        guard var current = transformed.patch else { return Outcome(admission: nil, superseded: []) }
        // What is sent on stands on all that came before it, and is carried over none of that again.
        if !carried.moves.isEmpty || transformed.isChanged { current.base = seq }
        current.seq = seq.next
        let change = try tree.apply(current, rule: .admission, now: now)
        let superseded = carried.originalNames(of: change.superseded)
        guard !change.effects.isEmpty else { return Outcome(admission: nil, superseded: superseded) }
        seq = seq.next
        memory.note(change, transformed.edits, at: seq)
        return Outcome(admission: Admission(change: change), superseded: superseded)
    }

    /// An `EXECUTE` has its place in the order, and changes nothing by itself.
    private mutating func execute(_ patch: Patch, now: Timestamp) -> Outcome {
        var current = patch
        current.seq = seq.next
        guard let change = try? tree.apply(current, rule: .admission, now: now) else {
            preconditionFailure("an EXECUTE was refused by the tree: \(patch)")
        }
        seq = seq.next
        return Outcome(admission: Admission(change: change), superseded: [])
    }

    /// Whatever moves has to keep an address that can be written.
    private func checkDepth(of source: TreePath, at target: TreePath) throws(Refusal) {
        guard target.depth > source.depth, let node = tree.node(at: source) else { return }
        let room = TreePath.maximumSegments - 1 - target.depth
        guard tree.reaches(node, beyond: room) else { return }
        throw Refusal(
            .invalidPath, "what is below \(source) would have more than \(TreePath.maximumSegments) segments",
            path: target)
    }
}

extension Rights {
    /// Whether somebody with these rights may do what a patch does, at the addresses that it has now.
    fileprivate func allow(_ patch: Patch) -> Bool {
        switch patch.operation {
        case .add, .edit, .delete: mayWrite(patch.path)
        case .move(let target): mayWrite(patch.path) && mayWrite(target)
        case .execute: mayExecute(patch.path)
        }
    }
}
