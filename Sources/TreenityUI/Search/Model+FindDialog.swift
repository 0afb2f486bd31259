import TreenityProtocol
import TreenityStore

extension Model {
    mutating func open(_ purpose: FindDialog.Purpose) {
        var dialog = FindDialog(purpose, before: outline)
        list(&dialog)
        self.dialog = .find(dialog)
    }

    mutating func press(_ key: Key, in dialog: FindDialog) -> [Effect] {
        var dialog = dialog
        switch key {
        case .escape, .control("c"):
            leave(dialog)
        case .enter:
            return submit(dialog)
        case .tab, .backTab:
            complete(&dialog, by: key == .tab ? 1 : -1)
        case .up, .control("p"), .down, .control("n"):
            choose(&dialog, by: key == .up || key == .control("p") ? -1 : 1)
        case .control("r") where dialog.purpose == .search:
            toggleRegular(&dialog)
        case .backspace where dialog.field.isEmpty:
            leave(dialog)
        case .character, .control, .alt, .backspace, .delete, .left, .right, .wordLeft, .wordRight, .wordBackspace,
            .home,
            .end, .pageUp, .pageDown, .insert, .function:
            _ = dialog.field.press(key)
            typed(&dialog)
        }
        return []
    }

    mutating func paste(_ text: String, into dialog: FindDialog) {
        var dialog = dialog
        dialog.field.insert(text)
        typed(&dialog)
    }

    /// What the line leads to is shown at once.
    private mutating func typed(_ dialog: inout FindDialog) {
        dialog.complaint = nil
        dialog.recalled = nil
        show(&dialog)
    }

    private mutating func show(_ dialog: inout FindDialog) {
        switch dialog.purpose {
        case .search: search(&dialog)
        case .filter: filter(dialog)
        case .path, .command: list(&dialog)
        }
        self.dialog = .find(dialog)
    }

    private mutating func leave(_ dialog: FindDialog) {
        self.dialog = nil
        finder.goal = nil
        finder.paths = nil
        switch dialog.purpose {
        case .search:
            outline.search = nil
            restore(dialog.before)
        case .filter:
            outline.filter(nil)
            restore(dialog.before)
        case .path, .command: break
        }
    }

    /// Puts the cursor and the folds back, as far as what was there still is.
    private mutating func restore(_ before: Outline) {
        outline.folds = before.folds
        if tree.contains(before.top) { outline.top = before.top }
        if let node = before.node { outline.go(to: node, in: tree) }
        outline.cursorRow = before.cursorRow
    }

    private mutating func submit(_ dialog: FindDialog) -> [Effect] {
        let text = dialog.field.text
        switch dialog.purpose {
        case .search:
            guard dialog.complaint == nil || outline.search != nil else { return [] }
            self.dialog = nil
            guard !text.isEmpty, let criterion = outline.search?.criterion else { return [] }
            finder.last = criterion
            finder.remember(text)
            outline.visits.left(top: dialog.before.top, node: dialog.before.node ?? dialog.before.top)
            return Pattern.isRegular(text) ? [] : findElsewhere(text)
        case .filter:
            self.dialog = nil
            if text.isEmpty { outline.filter(nil) }
            return []
        case .path: return goTo(dialog)
        case .command: return run(dialog)
        }
    }

    // MARK: Keys of some

    private mutating func toggleRegular(_ dialog: inout FindDialog) {
        let text = dialog.field.text
        dialog.field = TextField(
            text.first == Pattern.mark ? String(text.dropFirst()) : String(Pattern.mark) + text)
        typed(&dialog)
    }

    /// Another candidate, or another of the searches before.
    private mutating func choose(_ dialog: inout FindDialog, by step: Int) {
        switch dialog.purpose {
        case .path, .command:
            // The best stands at the bottom.
            dialog.select(by: -step)
            self.dialog = .find(dialog)
        case .search:
            let place = (dialog.recalled ?? finder.history.count) + step
            guard finder.history.indices.contains(place) else { return }
            dialog.field = TextField(finder.history[place])
            dialog.complaint = nil
            dialog.recalled = place
            show(&dialog)
        case .filter: break
        }
    }

    private mutating func complete(_ dialog: inout FindDialog, by step: Int) {
        guard let selected = dialog.selected else { return }
        if dialog.field.text == selected.completion {
            dialog.select(by: step)
            self.dialog = .find(dialog)
        } else {
            dialog.field = TextField(selected.completion)
            typed(&dialog)
        }
    }

    private mutating func list(_ dialog: inout FindDialog) {
        dialog.selection = 0
        switch dialog.purpose {
        case .path: listPaths(&dialog)
        case .command: dialog.candidates = commandCandidates(dialog.field.text)
        case .search, .filter: break
        }
    }
}
