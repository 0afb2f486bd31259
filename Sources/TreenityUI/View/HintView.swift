import TreenityProtocol
import TreenityStore

/// Draws the line at the bottom: what is being typed, what there is to say, else the keys that work now.
struct HintView: Drawing {
    let model: Model
    let width: Int

    /// The line, and the column of the cursor where something is typed in it.
    func line() -> (line: LineBuilder, cursor: Int?) {
        var line = LineBuilder(width: width, glyphs: glyphs)
        switch model.dialog {
        case .prompt(let prompt):
            return promptLine(prompt)
        case .confirmation(let confirmation):
            add(confirmation, to: &line)
        case .act(let dialog):
            return ActDialogView(model: model, width: width).line(dialog)
        case .feed(let dialog):
            return self.line(dialog)
        case .editor(let editor): return editorLine(editor)
        case .conflict(let conflict): return (conflictLine(conflict), nil)
        case .drafts: return (draftsLine(), nil)
        case .find(let dialog):
            return FindView(model: model, dialog: dialog, width: width).line()
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

    /// Of a question that does not fit, the start says what is to happen, and the end says to how much.
    private func add(_ confirmation: Confirmation, to line: inout LineBuilder) {
        let question = confirmation.question
        let isNarrow = DisplayText(question).columns > width - 18
        let keys = isNarrow ? " \(confirmation.answer) yes " : " \(confirmation.answer) yes, else no "
        let remark = question.prefix { $0 != ":" }
        let start = remark.count < min(question.count, width / 2) ? remark : question.prefix { $0 != " " }
        line.add(" \(start)", theme.warning)
        line.addEnd(of: String(question.dropFirst(start.count)), theme.warning, limit: line.room - keys.count)
        line.add(keys, theme.faint)
    }

    private func promptLine(_ prompt: Prompt) -> (LineBuilder, Int?) {
        FieldLine(model: model, width: width).line(label(prompt), prompt.field, remarks(prompt))
    }

    private func remarks(_ prompt: Prompt) -> [(text: String, style: Style)] {
        var remarks: [(text: String, style: Style)] = []
        if let complaint = prompt.complaint { remarks.append((complaint, theme.warning)) }
        switch prompt.purpose {
        case .add where prompt.field.text.isEmpty:
            remarks.append(("name, or name = value", theme.faint))
        case .move(let item):
            if case .success(let target) = model.moveTarget(of: item, prompt.field.text), prompt.complaint == nil,
                target.text != prompt.field.text
            {
                remarks.append(("\(model.settings.glyphs.arrow) \(target)", theme.faint))
            }
        case .add, .rename: break
        }
        return remarks
    }

    private func label(_ prompt: Prompt) -> String {
        func name(_ node: NodeID) -> String {
            model.tree.contains(node) ? model.tree.name(of: node).text : "a node that is gone"
        }
        switch prompt.purpose {
        case .add(let node): return "add to \(name(node))"
        case .rename: return "rename to"
        case .move: return "move\(ofMarked) to"
        }
    }

    /// That a change is for all that is marked.
    var ofMarked: String {
        model.markedNodes.isEmpty ? "" : " of \(model.markedNodes.count) marked"
    }

    private func addContinuations(to line: inout LineBuilder) {
        line.add(" \(model.keys.text) ", theme.title)
        guard !model.keys.keys.isEmpty else { return }
        guard !model.listsKeys else { return line.add(" Esc cancel ", theme.faint) }
        for (keys, binding) in model.keymap.continuations(of: model.keys.keys) {
            line.add(" \(KeyNotation.text(Array(keys.dropFirst(model.keys.keys.count))))", theme.key)
            line.add(" \(binding.summary) ", theme.faint)
        }
    }

    /// As many hints as fit, with help and quit always among them.
    private func addHints(to line: inout LineBuilder) {
        line.add(" ", theme.text)
        let tail = hints([.program(.help), .program(.quit)])
        let tailWidth = tail.reduce(0) { $0 + $1.columns }
        for hint in hints(model.usefulCommands) where hint.columns + tailWidth <= line.room { add(hint, to: &line) }
        for hint in tail where hint.columns <= line.room { add(hint, to: &line) }
    }

    private struct Hint {
        var keys: String
        var text: String
        var columns: Int { DisplayText(keys).columns + DisplayText(text).columns + 3 }
    }

    private func hints(_ commands: [Command]) -> [Hint] {
        commands.compactMap { command in
            guard let (keys, text) = model.keymap.hint(for: command) else { return nil }
            if command == .time(.freeze), model.isFrozen { return Hint(keys: keys, text: "live") }
            if keys == "Escape" { return Hint(keys: "Esc", text: text) }
            // One key is enough, but for the pair that moves the cursor.
            guard command == .move(.next), let up = model.keymap.hint(for: .move(.previous)) else {
                return Hint(keys: keys, text: text)
            }
            return Hint(keys: "\(keys)/\(up.keys)", text: "move")
        }
    }

    private func add(_ hint: Hint, to line: inout LineBuilder) {
        line.add(hint.keys, theme.key)
        line.add(" \(hint.text)  ", theme.faint)
    }
}

extension Theme {
    func style(for weight: Notice.Weight) -> Style {
        switch weight {
        case .information: text
        case .warning: warning
        case .failure: failure
        }
    }
}

extension Model {
    /// The commands that do something just now and are worth a hint, most useful first; help and quit apart.
    var usefulCommands: [Command] {
        var commands: [Command] = [.move(.next)]
        if case .offline = connection { commands = [.program(.reconnect)] + commands }
        if outline.filter != nil || outline.search != nil || !acts.marked.isEmpty { commands.append(.program(.cancel)) }
        if isFrozen { commands += [.time(.freeze), .time(.patchBack), .time(.patchForward)] }
        switch focus {
        case .feed:
            commands += [.move(.open), .feed(.details), .move(.last), .find(.filter), .feed(.mute)]
            if feed.selection != nil, !isFrozen { commands.append(.feed(.revert)) }
        case _ where isFrozen: break
        case .inspector:
            let changes: [ChangeCommand] =
                inspectedProperty == nil ? [.addChild] : [.edit, .addChild, .rename, .delete]
            commands += changes.map(Command.change)
        case .tree:
            if let node = outline.node, tree.contains(node) { commands += usefulCommands(on: node) }
        }
        return (commands + [.pane(.next)]).filter(isUsable)
    }

    private func usefulCommands(on node: NodeID) -> [Command] {
        let isRoot = node == tree.root
        var commands: [Command] = []
        if tree.childCount(of: node) > 0 { commands.append(.move(.into)) }
        if !tree.properties(of: node).isEmpty { commands.append(.change(.edit)) }
        commands.append(.change(.addChild))
        if !isRoot { commands += [.change(.rename), .change(.delete)] }
        if !acts.register.isEmpty { commands.append(.change(.pasteChild)) }
        if !acts.register.isCut, !isRoot { commands += [.change(.cut), .change(.move)] }
        commands.append(.find(.search))
        if finder.last != nil { commands.append(.find(.next)) }
        if !marks.unseen.isEmpty { commands.append(.find(.nextChange)) }
        return commands
    }
}
