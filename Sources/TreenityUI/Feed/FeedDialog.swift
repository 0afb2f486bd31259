import TreenityProtocol

/// What about the patches, their past and their authors has the keyboard.
enum FeedDialog: Sendable {
    case filter(FeedFilterPrompt)
    case patch(PatchPage)
    case revert(RevertQuestion)
    case export(ExportQuestion)
    case history(NodeHistory)
    case company(CompanyPage)
}

extension Model {
    mutating func press(_ key: Key, in dialog: FeedDialog) -> [Effect] {
        switch dialog {
        case .filter(let prompt): press(key, in: prompt)
        case .patch(let page): return press(key, in: page)
        case .revert(let question): return press(key, in: question)
        case .export(let question): return press(key, in: question)
        case .history(let page): return press(key, in: page)
        case .company(let page): press(key, in: page)
        }
        return []
    }

    /// Text pasted into a line of these; `false`: nothing is typed in it.
    mutating func paste(_ text: String, into dialog: FeedDialog) -> Bool {
        switch dialog {
        case .filter(var prompt):
            prompt.field.insert(text)
            typed(prompt)
            return true
        case .export(var question):
            question.field.insert(text)
            self.dialog = .feed(.export(question))
            return true
        case .patch, .revert, .history, .company: return false
        }
    }
}
