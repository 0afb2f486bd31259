import TreenityProtocol
import TreenityStore

extension Model {
    // MARK: Beginning and ending

    /// Begins an edit, or goes on with what was left unfinished.
    mutating func edit(_ subject: EditSubject) {
        guard mayChange(), isUnlocked() else { return }
        let value = subject.value(in: tree)
        guard let draft = editing.drafts[subject.draftKey] else {
            open(Editor(subject, base: value, pane: focus))
            return
        }
        var editor = Editor(subject, base: draft.base, text: draft.text, pane: focus)
        editor.remark = "your draft; ^U clears it"
        if value != draft.base { editor.theirs = (value.map { "now \($0.text)" } ?? "removed") + " since your draft" }
        open(editor)
    }

    mutating func open(_ editor: Editor) {
        var editor = editor
        editor.field.kills = editing.kills
        share(&editor)
        dialog = .editor(editor)
    }

    mutating func close(_ editor: Editor) {
        editing.kills = editor.field.kills
        dialog = nil
        focus = editor.pane
    }

    /// Esc: what was typed is kept, so that nothing is lost by a slip.
    mutating func leave(_ editor: Editor) {
        close(editor)
        guard let draft = draft(of: editor) else {
            editing.drafts.drop(editor.subject.draftKey)
            return
        }
        editing.drafts.keep(draft)
        notice = .information("the draft is kept: the same key brings it back, gd lists all")
    }

    /// What is unfinished in an editor; `nil`: nothing.
    func draft(of editor: Editor) -> Draft? {
        let base = editor.shared.map { JSONValue.string($0.text.displayed) } ?? editor.base
        guard editor.field.text != Editor.text(of: base) else { return nil }
        return Draft(
            kind: editor.subject.draftKey.kind, path: editor.subject.path, text: editor.field.text, base: base,
            time: serverNow)
    }

    // MARK: Keys

    mutating func press(_ key: Key, in editor: Editor) -> [Effect] {
        var editor = editor
        let goal = editor.goal
        (editor.remark, editor.goal) = (nil, nil)
        switch (key, editor.form) {
        case (.escape, _), (.control("c"), _):
            leave(editor)
            return []
        case (.enter, .line), (.control("s"), _), (.control("d"), .page): return save(editor)
        case (.control("o"), _):
            editor.changeForm()
            if editor.form == .page { share(&editor) } else { unshare(&editor) }
        case (.control("l"), .page): changeLiveness(&editor)
        case (.enter, .page): editor.field.insert("\n")
        case (.tab, .page): editor.field.insert(editor.base?.kind == .string ? "\t" : "  ")
        case (.up, .page): move(&editor, rows: -1, goal)
        case (.down, .page): move(&editor, rows: 1, goal)
        case (.pageUp, .page): move(&editor, rows: 1 - sheetSize.rows, goal)
        case (.pageDown, .page): move(&editor, rows: sheetSize.rows - 1, goal)
        default: _ = editor.field.press(key)
        }
        typed(&editor)
        dialog = .editor(editor)
        return []
    }

    mutating func paste(_ text: String, in editor: Editor) {
        var editor = editor
        editor.field.insert(text)
        typed(&editor)
        dialog = .editor(editor)
    }

    private func move(_ editor: inout Editor, rows: Int, _ goal: Int?) {
        editor.goal = goal
        editor.move(rows: rows, width: sheetSize.columns)
    }

    private mutating func typed(_ editor: inout Editor) {
        editing.isTyped = true
        if !editor.field.made.isEmpty { editor.shared?.typed(at: now) }
    }

    /// Keeps the cursor in sight.
    mutating func arrangeEditor() {
        guard case .editor(var editor) = dialog else { return }
        editor.arrange(sheetSize)
        dialog = .editor(editor)
    }

    // MARK: Saving

    mutating func save(_ editor: Editor) -> [Effect] {
        var editor = editor
        editor.subject.find(in: tree)
        switch editor.typed.result {
        case .failure(let problem):
            editor.field.move(to: problem.place)
            editor.remark = "not saved: \(problem)"
        case .success(let mine):
            if editor.shared != nil { return saveShared(editor) }
            if let complaint = complaint(about: mine, in: editor) {
                editor.remark = complaint
            } else {
                return merge(mine, editor)
            }
        }
        dialog = .editor(editor)
        return []
    }

    private func complaint(about mine: JSONValue, in editor: Editor) -> String? {
        guard editor.subject.node != nil else { return "the node is gone; Esc keeps what you typed" }
        if editor.subject.name != nil, mine.isObject { return "a property cannot be an object: a adds a node" }
        return mine.nameProblem
    }

    /// Sends what the user changed, or asks where others have changed it too.
    private mutating func merge(_ mine: JSONValue, _ editor: Editor) -> [Effect] {
        if let name = editor.subject.name, !markedNodes.isEmpty { return setMarked(name, to: mine, editor) }
        let changes = FieldChange.between(
            base: editor.base, mine: mine, theirs: editor.subject.value(in: tree), at: editor.subject.path)
        guard changes.contains(where: \.isConflict) else {
            return finish(editor, changes.flatMap { FieldChange.operations(from: $0.theirs, to: $0.mine, at: $0.path) })
        }
        if let draft = draft(of: editor) { editing.drafts.keep(draft) }
        dialog = .conflict(Conflict(editor, mine: mine, changes))
        return []
    }

    /// Gives the property of all marked nodes the value.
    private mutating func setMarked(_ name: Name, to mine: JSONValue, _ editor: Editor) -> [Effect] {
        guard let complaint = setMarked(name, to: mine) else { return finish(editor, []) }
        var editor = editor
        editor.remark = complaint
        dialog = .editor(editor)
        return []
    }

    /// Sends the last word on an edit, and closes; stays open where that is impossible.
    mutating func finish(_ editor: Editor, _ operations: [PlacedOperation]) -> [Effect] {
        let patches = operations.map { Patch($0.operation, $0.path) }
        guard patches.isEmpty || send(patches) else {
            var editor = editor
            editor.remark = notice?.text
            dialog = .editor(editor)
            return []
        }
        close(editor)
        editing.drafts.drop(editor.subject.draftKey)
        return outbox.isEmpty ? [] : flush()
    }

    // MARK: What others do

    /// A change has come in, or was made here.
    mutating func editorSees(_ change: Change) {
        if case .move(let target) = change.patch.operation {
            editing.drafts.carry(over: Relocation(from: change.patch.path, to: target))
        }
        if case .editor(var editor) = dialog {
            editor.subject.follow(change.patch, in: tree)
            noteTheirs(change, in: &editor)
            dialog = .editor(editor)
        } else if case .conflict(var conflict) = dialog, change.patch.concerns(conflict.editor.subject.path) {
            conflict.editor.subject.follow(change.patch, in: tree)
            conflict.refresh(theirs: conflict.editor.subject.value(in: tree))
            dialog = .conflict(conflict)
        }
    }

    /// The tree has come as a whole: what led to it is unknown.
    mutating func reloadEditor() {
        if case .editor(var editor) = dialog {
            editor.subject.find(in: tree)
            let value = editor.subject.value(in: tree)
            if editor.shared == nil, value != editor.base {
                editor.theirs = (value.map { "now \($0.text)" } ?? "removed") + " while away"
            }
            dialog = .editor(editor)
            resetShared()
        } else if case .conflict(var conflict) = dialog {
            conflict.editor.subject.find(in: tree)
            conflict.refresh(theirs: conflict.editor.subject.value(in: tree))
            dialog = .conflict(conflict)
        }
    }

    func noteTheirs(_ change: Change, in editor: inout Editor) {
        let by = change.patch.sender.isEmpty ? "somebody" : change.patch.sender
        if editor.subject.node == nil {
            editor.theirs = editor.theirs ?? "deleted by \(by)"
            return
        }
        guard editor.shared == nil else { return }
        for case .property(let property) in change.effects where editor.subject.isTouched(by: property, in: tree) {
            let value = property.new.map { "now \($0.value.text)" } ?? "removed"
            guard editor.subject.name != nil else {
                editor.theirs = "\(property.name.text): \(value) by \(by)"
                continue
            }
            editor.theirs = property.new?.value == editor.base ? nil : "\(value) by \(by)"
        }
    }
}

extension JSONValue {
    /// What is wrong with a key in it that would be a name in the tree; `nil`: nothing.
    fileprivate var nameProblem: String? {
        if let elements { return elements.lazy.compactMap(\.nameProblem).first }
        guard let members else { return nil }
        for member in members {
            do {
                _ = try Name(member.key)
            } catch {
                return "the key \(JSONValue.string(member.key).text): \(error.description)"
            }
            if let problem = member.value.nameProblem { return problem }
        }
        return nil
    }
}

extension Patch {
    /// Whether it is about something within an address, or the address is within what it is about.
    fileprivate func concerns(_ place: TreePath) -> Bool {
        if path.isWithin(place) || place.isWithin(path) { return true }
        if case .move(let target) = operation { return target.isWithin(place) || place.isWithin(target) }
        return false
    }
}
