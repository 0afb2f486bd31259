import TreenityProtocol
import TreenityStore

/// Draws the line at the bottom: what is being typed, what there is to say, else the keys that work now.
struct HintView {
    let model: Model
    let width: Int

    private var theme: Theme { model.settings.theme }
    private var glyphs: Glyphs { model.settings.glyphs }

    /// The line, and the column of the cursor where something is typed in it.
    func line() -> (line: LineBuilder, cursor: Int?) {
        var line = LineBuilder(width: width, glyphs: glyphs)
        switch model.dialog {
        case .prompt(let prompt):
            return promptLine(prompt)
        case .confirmation(let confirmation):
            line.add(" \(confirmation.question) ", theme.warning)
            line.add("y yes, else no ", theme.faint)
        case .help:
            line.add(" j/k scroll  Esc close ", theme.faint)
        case nil:
            if !model.keys.isEmpty {
                addContinuations(to: &line)
            } else if let notice = model.notice {
                line.add(" \(notice.text) ", theme.style(for: notice.weight))
            } else {
                addHints(to: &line)
            }
        }
        return (line, nil)
    }

    private func promptLine(_ prompt: Prompt) -> (LineBuilder, Int?) {
        var line = LineBuilder(width: width, glyphs: glyphs)
        line.add(" \(label(prompt)): ", theme.title)
        var cursor: Int?
        if !isInPlace(prompt) {
            let remarks = remarks(prompt).reduce(0) { $0 + DisplayText($1.0).columns + 2 }
            var field = LineBuilder(width: max(8, line.room - remarks), glyphs: glyphs)
            let start = line.columns
            cursor = start + field.add(prompt.field, theme.text)
            line.add(field)
        }
        for (text, style) in remarks(prompt) { line.add("  \(text)", style) }
        line.add(" ", theme.text)
        return (line, cursor)
    }

    private func isInPlace(_ prompt: Prompt) -> Bool {
        guard case .editProperty(let node, let name) = prompt.purpose else { return false }
        return node == model.outline.node && model.frames.inspector != nil
            && model.inspectedProperties.contains { $0.name == name }
    }

    private func remarks(_ prompt: Prompt) -> [(String, Style)] {
        var remarks: [(String, Style)] = []
        if let theirs = prompt.theirs { remarks.append((theirs + ": Enter overwrites it", theme.warning)) }
        if let complaint = prompt.complaint { remarks.append((complaint, theme.warning)) }
        switch prompt.purpose {
        case .editProperty:
            remarks.append((TypedValue(prompt.field.text, replacing: prompt.base).typeName, theme.faint))
        case .add where prompt.field.text.isEmpty:
            remarks.append(("name, or name = value", theme.faint))
        case .add, .rename, .move, .goToPath, .search: break
        }
        return remarks
    }

    private func label(_ prompt: Prompt) -> String {
        func name(_ node: NodeID) -> String {
            model.tree.contains(node) ? model.tree.name(of: node).text : "a node that is gone"
        }
        switch prompt.purpose {
        case .editProperty(_, let name): return "edit \(name.text)"
        case .add(let node): return "add to \(name(node))"
        case .rename: return "rename to"
        case .move: return "move to"
        case .goToPath: return "go to"
        case .search: return "search"
        }
    }

    private func addContinuations(to line: inout LineBuilder) {
        line.add(" \(model.keys.text) ", theme.title)
        for (keys, command) in model.keymap.continuations(of: model.keys.keys) {
            let rest = KeyNotation.text(Array(keys.dropFirst(model.keys.keys.count)))
            if model.keys.keys.isEmpty { break }
            line.add(" \(rest)", theme.key)
            line.add(" \(command.summary) ", theme.faint)
        }
    }

    private func addHints(to line: inout LineBuilder) {
        line.add(" ", theme.text)
        var commands = model.usefulCommands
        let tail: [Command] = [.help, .quit]
        commands.removeAll { tail.contains($0) }
        let tailWidth = tail.reduce(0) { $0 + hint($1).columns + 2 }
        for command in commands where hint(command).columns + 2 + tailWidth <= line.room { add(command, to: &line) }
        for command in tail where hint(command).columns <= line.room { add(command, to: &line) }
    }

    private func hint(_ command: Command) -> DisplayText {
        DisplayText("\(keys(for: command)) \(command.hint ?? "")")
    }

    /// One key is enough, but for the pair that moves the cursor.
    private func keys(for command: Command) -> String {
        let commands: [Command] = command == .next ? [.next, .previous] : [command]
        return commands.compactMap(model.keymap.notation).joined(separator: "/")
    }

    private func add(_ command: Command, to line: inout LineBuilder) {
        line.add(keys(for: command), theme.key)
        line.add(" \(command.hint ?? "")  ", theme.faint)
    }
}

extension Theme {
    fileprivate func style(for weight: Notice.Weight) -> Style {
        switch weight {
        case .information: text
        case .warning: warning
        case .failure: failure
        }
    }
}

extension Model {
    /// The commands that do something just now and are worth a hint, most useful first.
    var usefulCommands: [Command] {
        if case .offline = connection { return [.reconnect] + paneCommands }
        return paneCommands
    }

    private var paneCommands: [Command] {
        switch focus {
        case .feed:
            return [.next, .unfoldOrChild, .mute, .nextPane, .help, .quit]
        case .inspector:
            let commands: [Command] = inspectedProperty == nil ? [.addChild] : [.edit, .addChild, .rename, .delete]
            return [.next] + commands + [.nextPane, .help, .quit]
        case .tree:
            guard let node = outline.node, tree.contains(node) else { return [.next, .nextPane, .help, .quit] }
            var commands: [Command] = [.next]
            if tree.childCount(of: node) > 0 { commands.append(.unfoldOrChild) }
            if !tree.properties(of: node).isEmpty { commands.append(.edit) }
            commands.append(.addChild)
            if node != tree.root { commands += [.rename, .delete] }
            if cutItem != nil { commands.append(.pasteChild) } else if node != tree.root { commands += [.cut, .move] }
            commands.append(.search)
            if !lastSearch.isEmpty { commands.append(.searchNext) }
            if !marks.unseen.isEmpty { commands.append(.nextChange) }
            return commands + [.nextPane, .help, .quit]
        }
    }
}
