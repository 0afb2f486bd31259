import TreenityProtocol

extension Model {
    mutating func press(_ key: Key, in dialog: ActDialog) -> [Effect] {
        switch dialog {
        case .question(let question): press(key, in: question)
        case .sheet(let sheet): press(key, in: sheet)
        }
    }

    // MARK: Questions

    private mutating func press(_ key: Key, in question: Question) -> [Effect] {
        var question = question
        switch key {
        case .escape, .control("c"):
            dialog = nil
            notice = .information("nothing was done")
            return []
        case .enter: return submit(question)
        default:
            question.complaint = nil
            _ = question.field.press(key)
            if case .execute = question.purpose { question.complaint = Model.argument(question.field.text).complaint }
            dialog = .act(.question(question))
            return []
        }
    }

    /// A paste into the line that is being typed; `false`: none is.
    mutating func pasteIntoQuestion(_ text: String) -> Bool {
        guard case .act(.question(var question)) = dialog else { return false }
        question.field.insert(String(text.map { $0.isNewline ? " " : $0 }))
        dialog = .act(.question(question))
        return true
    }

    private mutating func submit(_ question: Question) -> [Effect] {
        let text = question.field.text
        dialog = nil
        let complaint =
            switch question.purpose {
            case .unlock(let name): unlock(name, with: text)
            case .execute(let paths): execute(paths, text)
            case .correct(let id): correct(id, text)
            }
        if let complaint {
            var question = question
            question.complaint = complaint
            dialog = .act(.question(question))
        }
        return outbox.isEmpty ? [] : flush()
    }

    // MARK: Sheets

    private mutating func press(_ key: Key, in sheet: Sheet) -> [Effect] {
        notice = nil
        switch (sheet.content, key) {
        case (_, .escape), (_, .control("c")), (_, .character("q")):
            dialog = nil
            if case .plan = sheet.content { notice = .information("nothing was done") }
            return []
        case (.plan(let direction, let plan), _) where confirms(key):
            acts.askingKey = key
            dialog = nil
            return go(direction, agreedTo: plan)
        case (.result, .enter):
            dialog = nil
            return []
        case (.result(let result), .character("y")):
            return copy(result.text, of: "result")
        case (.refused(let selection), _):
            return pressInRefused(key, selection)
        case (.plan, _), (.result, _):
            scroll(sheet, key)
            return []
        }
    }

    private mutating func scroll(_ sheet: Sheet, _ key: Key) {
        var sheet = sheet
        let rows = SheetText(sheet, of: self, width: max(1, pageSize.columns - 2)).rows.count
        sheet.scroll = PageMotion.scrolled(sheet.scroll, key, rows: rows, height: pageHeight)
        dialog = .act(.sheet(sheet))
    }
}
