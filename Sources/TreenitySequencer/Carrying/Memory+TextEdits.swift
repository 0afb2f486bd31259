import TreenityProtocol
import TreenityStore

/// An `EDIT` whose text edits are of the texts that are there now.
struct TransformedPatch {
    /// `nil`: nothing is left of it.
    var patch: Patch?
    /// Its text edits, by the properties whose texts they edit.
    var edits: [PropertyKey: TextEdit] = [:]
    /// Whether it differs from what was sent.
    var isChanged = false
}

extension Memory {
    /// A patch with its text edits carried over all that happened to their texts after its `base`.
    ///
    /// Text edits where no property is stay as they are: the tree refuses them.
    ///
    /// - Complexity: O(size of the value), O(steps of what is carried), and O(writes since) where one of the properties
    ///   has not had text edits since before `base`.
    func transformed(
        _ patch: Patch, in tree: Replica, at seq: SequenceNumber, _ effort: inout Effort
    ) throws(Refusal) -> TransformedPatch {
        guard case .edit(let value) = patch.operation, value.mayHoldTextEdit else {
            return TransformedPatch(patch: patch)
        }
        guard let leaves = value.textLeaves, leaves.isEmpty || patch.base != nil else {
            throw Refusal(
                .invalidPatch, "“$text” is a list of steps, alone in its object, in an EDIT with “base”",
                path: patch.path)
        }
        let base = patch.base ?? seq
        let keys = leaves.map { leaf in tree.property(at: patch.path.appending(leaf.way)) }
        try checkTexts(keys.compactMap(\.self), since: base, at: seq, of: patch)
        var transformed: [TextEdit?] = []
        var placed: [PropertyKey: TextEdit] = [:]
        for (leaf, key) in zip(leaves, keys) {
            guard let key else {
                transformed.append(leaf.edit)
                continue
            }
            let edit = try carried(leaf.edit, at: key, of: patch, since: base, &effort)
            placed[key] = edit.isEmpty ? nil : edit
            transformed.append(edit.isEmpty ? nil : edit)
        }
        guard transformed != leaves.map(\.edit) else { return TransformedPatch(patch: patch, edits: placed) }
        var rest = transformed[...]
        var patch: Patch? = patch
        if let value = value.replacingTextEdits(by: &rest) { patch?.operation = .edit(value) } else { patch = nil }
        return TransformedPatch(patch: patch, edits: placed, isChanged: true)
    }

    private func carried(
        _ edit: TextEdit, at key: PropertyKey, of patch: Patch, since base: SequenceNumber, _ effort: inout Effort
    ) throws(Refusal) -> TextEdit {
        guard let known = texts.edits(of: key) else { return edit }
        var edit = edit
        for earlier in known.events(after: base) {
            try effort.spend((edit.steps.count + earlier.event.steps.count) * Effort.step, on: patch)
            edit = edit.transformed(over: earlier.event, admitted: .later)
        }
        return edit
    }

    /// Whether each property has had the text since that place which is edited now.
    private func checkTexts(
        _ keys: [PropertyKey], since base: SequenceNumber, at seq: SequenceNumber, of patch: Patch
    ) throws(Refusal) {
        guard base < seq else { return }
        let doubts = keys.compactMap { key -> PropertyDoubt? in
            let known = texts.edits(of: key)?.horizon ?? seq
            return base < known ? PropertyDoubt(key: key, until: known) : nil
        }
        guard !doubts.isEmpty else { return }
        guard base >= writes.horizon else {
            throw Refusal.stale(patch, "what was written since seq \(base.value) is no longer known")
        }
        guard !writes.hasWrite(of: doubts, after: base) else {
            throw Refusal.stale(patch, "the text was replaced since seq \(base.value)")
        }
    }
}

extension Replica {
    /// The property at an address; `nil`: there is none.
    func property(at path: TreePath) -> PropertyKey? {
        guard case .property(let node, let name) = item(at: path) else { return nil }
        return PropertyKey(node: node, name: name)
    }
}
