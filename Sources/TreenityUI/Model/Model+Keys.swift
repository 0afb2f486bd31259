import TreenityProtocol
import TreenityStore

extension Model {
    /// One key: for the dialog that is open, else for the panes.
    mutating func press(_ key: Key) -> [Effect] {
        if case .alt(let character) = key, !means(something: key) {
            // Escape and the character came too close together to be told from Alt.
            return press(.escape) + press(.character(character))
        }
        switch dialog {
        case .prompt(let prompt): return press(key, in: prompt)
        case .confirmation(let confirmation): return press(key, in: confirmation)
        case .feed(let dialog): return press(key, in: dialog)
        case .act(let dialog): return press(key, in: dialog)
        case .editor(let editor): return press(key, in: editor)
        case .conflict(let conflict): return press(key, in: conflict)
        case .drafts(let list): return press(key, in: list)
        case .find(let dialog): return press(key, in: dialog)
        case .help(let scroll):
            pressInHelp(key, scroll)
            return []
        case nil: return pressInPanes(key)
        }
    }

    private func means(something key: Key) -> Bool {
        dialog == nil ? keymap.meaning(of: keys.keys + [key]) != .nothing : TextField.isEditing(key)
    }

    private mutating func pressInPanes(_ key: Key) -> [Effect] {
        notice = nil
        acts.askingKey = key
        finder.goal = nil
        keysPressed = now
        switch keys.press(key.inPanes(keymap), in: keymap) {
        case .incomplete: return []
        case .unknown(let keys):
            notice = .information("\(KeyNotation.text(keys)) is not bound; ? shows the keys")
            return []
        case .command(let command, let count):
            return perform(command, count: count)
        }
    }

    mutating func perform(_ command: Command, count: Int?) -> [Effect] {
        let times = count ?? 1
        switch command {
        case .move(let motion): move(motion, times)
        case .tree(let command): inTree(command, times)
        case .find(let command): return find(command, times)
        case .change(let command): return mayChange() ? change(command) : []
        case .act(let command): return act(command)
        case .editing(let command): return perform(command)
        case .pane(let command): pane(command, times)
        case .feed(let command): return feed(command)
        case .time(let command): return time(command, times)
        case .program(let command): return program(command)
        }
        return []
    }

    private mutating func program(_ command: ProgramCommand) -> [Effect] {
        switch command {
        case .quit: return quit()
        case .interrupt: return [.quit]
        case .suspend: return [.terminal(.suspend)]
        case .redraw: return [.terminal(.redraw)]
        case .reconnect: return [.network(.reconnect)]
        case .help: dialog = .help(scroll: 0)
        case .toggleMouse: return toggleMouse()
        case .cancel: cancel()
        }
        return []
    }

    private mutating func find(_ command: FindCommand, _ times: Int) -> [Effect] {
        switch command {
        case .search: open(.search)
        case .filter:
            if focus == .feed { return feed(.filter) }
            open(.filter)
        case .goToPath: open(.path)
        case .command: open(.command)
        case .sameKey: searchSameKey(by: times)
        case .next: if !goToFound(by: times) { goToMatch(by: times) }
        case .previous: if !goToFound(by: -times) { goToMatch(by: -times) }
        case .nextChange: goToChange(forward: true)
        case .previousChange: goToChange(forward: false)
        case .markSeen: marks.allSeen()
        }
        return []
    }

    private mutating func pane(_ command: PaneCommand, _ times: Int) {
        switch command {
        case .next: changePane(by: 1)
        case .previous: changePane(by: -1)
        case .toggleTree: toggle(.tree)
        case .toggleInspector: toggle(.inspector)
        case .toggleFeed: toggle(.feed)
        case .grow: resize(by: 2 * times)
        case .shrink: resize(by: -2 * times)
        case .maximize: layout.maximized = layout.maximized == nil ? focus : nil
        case .changeOrder: changeOrder()
        }
    }

    private mutating func quit() -> [Effect] {
        var unfinished: [String] = []
        let count = replica.pending.count
        if count > 0 { unfinished.append("\(count) edit\(count == 1 ? " has" : "s have") no answer yet") }
        let drafts = editing.drafts.all.count
        if drafts > 0 { unfinished.append("\(drafts) draft\(drafts == 1 ? " is" : "s are") kept for later (gd)") }
        guard !unfinished.isEmpty else { return [.quit] }
        ask(unfinished.joined(separator: ", ") + "; quit all the same?", .quit)
        return []
    }

    private mutating func cancel() {
        acts.letGo()
        outline.search = nil
        outline.filter(nil)
        layout.maximized = nil
        if focus == .inspector, size.columns < Layout.wide { focus = .tree }
        if focus == .feed { cancelInFeed() }
    }

    // MARK: Panes

    private mutating func changePane(by step: Int) {
        layout.maximized = nil
        let shown = Pane.allCases.filter { !layout.hidden.contains($0) }
        guard let place = shown.firstIndex(of: focus) else {
            focus = shown.first ?? .tree
            return
        }
        focus = shown[(place + step + shown.count) % shown.count]
    }

    private mutating func toggle(_ pane: Pane) {
        layout.maximized = nil
        if pane == .inspector, size.columns < Layout.wide {
            // There it takes the tree's place, and gives it back.
            layout.hidden.remove(.inspector)
            focus = focus == .inspector ? .tree : .inspector
            return
        }
        guard layout.hidden.remove(pane) == nil, layout.hidden.count < 2 else { return }
        layout.hidden.insert(pane)
        if focus == pane { changePane(by: 1) }
    }

    private mutating func resize(by step: Int) {
        switch focus {
        case .tree: layout.inspectorGrowth -= step
        case .inspector: layout.inspectorGrowth += step
        case .feed: layout.feedGrowth += step / 2
        }
        layout.inspectorGrowth = min(max(layout.inspectorGrowth, -size.columns), size.columns)
        layout.feedGrowth = min(max(layout.feedGrowth, -size.rows), size.rows)
    }

    private mutating func changeOrder() {
        let all = ChildOrder.allCases
        let place = all.firstIndex(of: settings.order) ?? 0
        settings.order = all[(place + 1) % all.count]
        outline.sorted.order = settings.order
        notice = .information("order of children: \(settings.order.rawValue)")
    }

    private mutating func goToChange(forward: Bool) {
        var shown = shownMarks
        let (tree, muted) = (tree, feed.scope.muted)
        let next = shown.next(after: outline.node, forward: forward, in: tree) { node in
            let path = tree.path(of: node)
            return !muted.contains { path.isWithin($0) }
        }
        guard let node = next else {
            notice = .information("nothing has changed")
            return
        }
        outline.go(to: node, in: tree)
        marks.seen(node)
    }

    // MARK: Keys that can follow

    /// In milliseconds; who knows the keys has pressed the next one by then.
    private static let hesitation: Int64 = 400

    var keysListed: Timestamp { Timestamp(milliseconds: keysPressed.milliseconds + Model.hesitation) }

    /// Whether the keys that can follow are listed.
    var listsKeys: Bool { dialog == nil && !keys.keys.isEmpty && now >= keysListed }

    // MARK: Help

    private mutating func pressInHelp(_ key: Key, _ scroll: Int) {
        switch key {
        case .escape, .enter, .character("q"), .character("?"), .function(1), .control("c"): dialog = nil
        default:
            let rows = HelpText(keymap).lines.count
            dialog = .help(scroll: PageMotion.scrolled(scroll, key, rows: rows, height: pageHeight))
        }
    }
}

extension Key {
    /// Where words mean nothing, the arrows are the arrows, unless they are bound.
    fileprivate func inPanes(_ keymap: Keymap) -> Key {
        guard keymap.meaning(of: [self]) == .nothing else { return self }
        return switch self {
        case .wordLeft: .left
        case .wordRight: .right
        case .wordBackspace: .backspace
        case .character, .control, .alt, .enter, .escape, .tab, .backTab, .backspace, .delete, .up, .down, .left,
            .right, .home, .end, .pageUp, .pageDown, .insert, .function:
            self
        }
    }
}
