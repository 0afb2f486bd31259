import TreenityProtocol
import TreenityStore

extension HintView {
    /// The line for an editor: what is being typed, where it is not typed elsewhere, and what is to be said of it.
    func editorLine(_ editor: Editor) -> (LineBuilder, Int?) {
        var line = LineBuilder(width: width, glyphs: glyphs)
        let isTypedHere = editor.form == .line && !isInPlace(editor)
        let label = " edit \(editor.subject.path.name?.text ?? "the tree")\(ofMarked)"
        line.add(isTypedHere ? label + ": " : label, theme.title)
        let remarks = remarks(editor)
        var cursor: Int?
        if isTypedHere {
            let used = remarks.prefix(2).reduce(0) { $0 + DisplayText($1.0).columns + 2 }
            var field = LineBuilder(width: max(8, line.room - used), glyphs: glyphs)
            cursor = line.columns + field.add(editor.field, theme.text, mistake: editor.typed.problem?.place)
            line.add(field)
        }
        for (text, style) in remarks { line.add("  \(text)", style) }
        let keys =
            editor.form == .page
            ? [("^D", "save"), ("Esc", "keep the draft")]
                + (editor.shared == nil ? [("^O", "one line")] : [("^L", "live")])
            : [("Enter", "save"), ("Esc", "keep the draft"), ("^O", "page")]
        for (key, text) in keys where DisplayText(key + text).columns + 4 <= line.room {
            line.add("  \(key)", theme.key)
            line.add(" \(text)", theme.faint)
        }
        line.add(" ", theme.text)
        return (line, cursor)
    }

    private func isInPlace(_ editor: Editor) -> Bool {
        guard let name = editor.subject.name, editor.subject.node == model.outline.node else { return false }
        return model.frames.inspector != nil && model.inspectedProperties.contains { $0.name == name }
    }

    private func remarks(_ editor: Editor) -> [(String, Style)] {
        var remarks: [(String, Style)] = []
        if let theirs = editor.theirs { remarks.append((theirs, theme.warning)) }
        if let remark = editor.remark { remarks.append((remark, theme.warning)) }
        let typed = editor.typed
        if let problem = typed.problem, editor.remark == nil {
            let place =
                editor.form == .page ? "line \(problem.line), column \(problem.column)" : "column \(problem.column)"
            remarks.append(("\(place): \(problem.reason)", theme.failure))
        }
        if let type = typed.typeName { remarks.append((type, theme.faint)) }
        return remarks
    }

    func conflictLine(_ conflict: Conflict) -> LineBuilder {
        var line = LineBuilder(width: width, glyphs: glyphs)
        if let remark = conflict.remark { line.add(" \(remark) ", theme.warning) }
        let keys = [
            ("m", "mine"), ("t", "theirs"), ("b", "as it was"), ("M T", "all"),
            ("Enter", conflict.isDecided ? "save" : ""),
            ("e", "edit again"), ("Esc", "keep the draft"),
        ]
        addKeys(keys.filter { !$0.1.isEmpty }, to: &line)
        return line
    }

    func draftsLine() -> LineBuilder {
        var line = LineBuilder(width: width, glyphs: glyphs)
        addKeys([("Enter", "go on"), ("y", "copy"), ("D", "drop"), ("Esc", "close")], to: &line)
        return line
    }

    private func addKeys(_ keys: [(String, String)], to line: inout LineBuilder) {
        for (key, text) in keys where DisplayText(key + text).columns + 4 <= line.room {
            line.add(" \(key)", theme.key)
            line.add(" \(text) ", theme.faint)
        }
    }
}
