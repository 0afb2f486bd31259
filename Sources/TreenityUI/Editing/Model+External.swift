import TreenityProtocol
import TreenityStore

extension Model {
    mutating func perform(_ command: EditingCommand) -> [Effect] {
        switch command {
        case .openExternally: return mayChange() && isUnlocked() ? openExternally() : []
        case .listDrafts:
            listDrafts()
            return []
        }
    }

    mutating func editing(_ event: EditingEvent) -> [Effect] {
        switch event {
        case .draftsRestored(let drafts):
            editing.drafts.restore(drafts)
            editing.kept = drafts
            guard !drafts.isEmpty else { return [] }
            let count = drafts.count == 1 ? "a draft" : "\(drafts.count) drafts"
            notice = .information("\(count) of an earlier run: gd")
            return []
        case .externalEditorEnded(let id, let outcome):
            return externalEditorEnded(id, outcome)
        }
    }

    /// Hands the node or property under the cursor to the user's own editor.
    private mutating func openExternally() -> [Effect] {
        guard let item = selectedItem else {
            notice = .warning("this node is gone; move on to another one")
            return []
        }
        return openExternally(EditSubject(item, in: tree))
    }

    mutating func openExternally(_ subject: EditSubject, text: String? = nil) -> [Effect] {
        let value = subject.value(in: tree)
        if case .node(let node) = item(of: subject), !isWhollyLoaded(node) {
            notice = .warning("not all below is loaded yet: zO unfolds it")
            return []
        }
        let draft = editing.drafts[subject.draftKey]
        editing.externalCount += 1
        let isText = value?.kind == .string
        let shown = text ?? draft?.text ?? Editor.text(of: value)
        let edit = ExternalEdit(
            id: editing.externalCount, name: subject.path.name?.text ?? TreePath.root.text,
            text: shown.hasSuffix("\n") ? shown : shown + "\n", format: isText ? .text : .json)
        editing.external = ExternalEditState(
            edit: edit, subject: subject, base: draft.map(\.base) ?? value, addsLineBreak: !shown.hasSuffix("\n"))
        return [.openExternally(edit)]
    }

    private func item(of subject: EditSubject) -> Replica.Item? {
        guard let node = subject.node else { return nil }
        return subject.name.map { .property(node, $0) } ?? .node(node)
    }

    /// What is not here would look removed.
    private func isWhollyLoaded(_ node: NodeID) -> Bool {
        loading.extent == .whole || tree.subtree(of: node).allSatisfy(tree.isLoaded)
    }

    private mutating func externalEditorEnded(_ id: Int, _ outcome: ExternalOutcome) -> [Effect] {
        guard let state = editing.external, state.edit.id == id else { return [] }
        editing.external = nil
        switch outcome {
        case .failed(let reason):
            notice = .failure(reason)
            return []
        case .interrupted(let text):
            _ = keep(text, of: state)
            return keepDrafts()
        case .text(let text):
            guard let editor = keep(text, of: state) else {
                notice = .information("nothing was changed")
                return []
            }
            // What was saved is kept before anything else is done with it.
            return keepDrafts() + save(editor)
        }
    }

    /// Makes a draft of what comes from the user's own editor; `nil`: nothing was changed.
    private mutating func keep(_ text: String, of state: ExternalEditState) -> Editor? {
        guard text != state.edit.text else { return nil }
        // Editors end the last line, whether the text does or not.
        let text = state.addsLineBreak && text.last == "\n" ? String(text.dropLast()) : text
        var subject = state.subject
        subject.find(in: tree)
        let editor = Editor(subject, base: state.base, text: text, pane: focus)
        if let draft = draft(of: editor) { editing.drafts.keep(draft) }
        return editor
    }
}
