public import TreenityProtocol
import TreenityStore

extension Model {
    // MARK: Beginning

    /// Lets others' edits of a text come in while it is open on a page, if the server can do that.
    func share(_ editor: inout Editor) {
        guard editor.form == .page, editor.shared == nil, replica.epoch != nil, let seq = replica.applied,
            editor.subject.name != nil, editor.base?.kind == .string, editor.subject.value(in: tree) == editor.base,
            let text = editor.base?.string, !isEdited(editor.subject), markedNodes.isEmpty
        else { return }
        editor.shared = SharedEdit(SharedText(at: editor.subject.path, text, seq: seq))
        editor.field.made = .between(text, editor.field.text)
    }

    /// Whether an edit of the property has not been answered yet.
    private func isEdited(_ subject: EditSubject) -> Bool {
        replica.pending.contains { edit in
            edit.patches.contains { patch in
                patch.change?.effects.contains { effect in
                    if case .property(let change) = effect { subject.isTouched(by: change, in: tree) } else { false }
                } ?? false
            }
        }
    }

    func changeLiveness(_ editor: inout Editor) {
        guard editor.shared != nil else {
            editor.remark = "this is saved as a whole"
            return
        }
        editor.shared?.isLive.toggle()
        if !editor.field.made.isEmpty { editor.shared?.typed(at: now) }
    }

    /// In a line a value is saved as a whole; what is under way stays shared until it has its answer.
    func unshare(_ editor: inout Editor) {
        guard let text = editor.shared?.text, text.state == .synchronized else { return }
        editor.base = .string(text.displayed)
        editor.shared = nil
    }

    /// The text is no longer edited together: it is saved as a whole, against what was known last.
    private func unshare(_ editor: inout Editor, base: String, _ remark: String) {
        editor.base = .string(base)
        editor.remark = remark
        editor.shared = nil
    }

    // MARK: Sending

    mutating func saveShared(_ editor: Editor) -> [Effect] {
        var editor = editor
        guard editor.shared?.text.state == .synchronized else {
            editor.shared?.isClosing = true
            editor.remark = "waiting for the answer to what went out before"
            dialog = .editor(editor)
            return []
        }
        guard submit(&editor) else {
            dialog = .editor(editor)
            return []
        }
        close(editor)
        editing.drafts.drop(editor.subject.draftKey)
        return outbox.isEmpty ? [] : flush()
    }

    /// Sends what is due, and closes what waited for an answer.
    mutating func sendShared() -> [Effect] {
        guard case .editor(var editor) = dialog, let shared = editor.shared, shared.text.state == .synchronized else {
            return []
        }
        if shared.isClosing { return saveShared(editor) }
        guard let due = shared.due, due <= now else { return [] }
        _ = submit(&editor)
        dialog = .editor(editor)
        return outbox.isEmpty ? [] : flush()
    }

    /// When ``update(_:)`` wants to be called next, if nothing happens before; `nil`: when it likes.
    public var wakesAt: Timestamp? {
        if case .editor(let editor) = dialog { return editor.shared?.due }
        guard dialog == nil, !keys.keys.isEmpty, !listsKeys else { return nil }
        return keysListed
    }

    /// Sends what was typed as one edit of the text. `false`: that is impossible; the text is saved as a whole from now on.
    private mutating func submit(_ editor: inout Editor) -> Bool {
        guard var shared = editor.shared, !editor.field.made.isEmpty else { return true }
        if let applied = replica.applied { _ = shared.text.reached(applied) }
        guard send(.edit(editor.field.made.json), editor.subject.path), let id = replica.pending.last?.id,
            case .send = shared.text.edited(editor.field.made, id: id)
        else {
            unshare(&editor, base: shared.text.displayed, notice?.text ?? "")
            return false
        }
        editor.field.made = TextEdit([])
        shared.wentOut()
        editor.shared = shared
        return true
    }

    // MARK: Receiving

    /// A patch has come in its place in the order.
    mutating func receiveShared(_ patch: Patch, _ change: Change) {
        guard case .editor(var editor) = dialog, var shared = editor.shared, let seq = patch.seq else { return }
        let text = shared.text.displayed
        let isTouched = change.effects.contains { effect in
            if case .property(let property) = effect { editor.subject.isTouched(by: property, in: tree) } else { false }
        }
        var outcome = SharedText.Outcome.nothing
        if case .move(let target) = patch.operation {
            let move = Relocation(from: patch.path, to: target)
            outcome = shared.text.moved(to: move.carry(shared.text.path), at: seq)
        } else if !isTouched {
            outcome = shared.text.reached(seq)
        } else if let edit = patch.textEdit(at: shared.text.path) {
            let isOwn = patch.id?.hasPrefix(settings.idPrefix) ?? false
            if !isOwn { shared.company = patch.sender }
            outcome =
                patch.id.map { shared.text.returned($0, as: edit, at: seq) } ?? shared.text.received(edit, at: seq)
        } else {
            unshare(&editor, base: text, "")
            editor.remark = nil
            noteTheirs(change, in: &editor)
        }
        if editor.shared != nil { take(outcome, shared, &editor, before: text) }
        dialog = .editor(editor)
    }

    private func take(
        _ outcome: SharedText.Outcome, _ shared: SharedEdit, _ editor: inout Editor, before text: String
    ) {
        switch outcome.trouble {
        case .lost, .outOfStep:
            unshare(&editor, base: text, "the text was changed in a way that could not be followed")
        case .corrected, nil:
            editor.shared = shared
            if !outcome.change.isEmpty { editor.field.receive(outcome.change) }
        }
    }

    /// All that has come was looked at: what is shown has to be what the tree has.
    mutating func checkShared() {
        guard case .editor(var editor) = dialog, let shared = editor.shared,
            editor.subject.value(in: tree) != .string(shared.text.displayed)
        else { return }
        unshare(&editor, base: shared.text.displayed, "the text was changed in a way that could not be followed")
        editor.theirs = editor.subject.value(in: tree).map { "now \($0.text)" } ?? "removed"
        dialog = .editor(editor)
    }

    /// The text has come as a whole.
    mutating func resetShared() {
        guard case .editor(var editor) = dialog, var shared = editor.shared else { return }
        let text = shared.text.displayed
        guard let confirmed = editor.subject.value(in: replica.confirmed)?.string, let seq = replica.applied else {
            unshare(&editor, base: text, "the server has another tree")
            dialog = .editor(editor)
            return
        }
        let outcome = shared.text.reset(to: confirmed, at: seq)
        take(outcome, shared, &editor, before: text)
        dialog = .editor(editor)
    }

    // MARK: Answers

    mutating func acknowledgeShared(_ id: String, at seq: SequenceNumber) {
        guard case .editor(var editor) = dialog, var shared = editor.shared else { return }
        let text = shared.text.displayed
        let outcome = shared.text.acknowledged(id, at: seq)
        take(outcome, shared, &editor, before: text)
        dialog = .editor(editor)
    }

    /// What was typed stays on the page.
    mutating func refuseShared(_ id: String, _ refusal: Refusal) {
        guard case .editor(var editor) = dialog, let shared = editor.shared, shared.text.unacknowledged?.id == id else {
            return
        }
        unshare(&editor, base: shared.text.confirmed, "refused: \(refusal.message)")
        dialog = .editor(editor)
    }
}

extension Patch {
    /// The edit of the text at an address; `nil`: it does something else.
    fileprivate func textEdit(at place: TreePath) -> TextEdit? {
        guard case .edit(let value) = operation, let way = place.names(from: path) else { return nil }
        return value.member(at: way).flatMap(TextEdit.init)
    }
}
