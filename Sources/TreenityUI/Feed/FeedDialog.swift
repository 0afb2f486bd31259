import TreenityProtocol

/// What about the patches has the keyboard.
enum FeedDialog: Sendable {
    case filter(FeedFilterPrompt)
    case patch(PatchPage)
}

extension Model {
    mutating func press(_ key: Key, in dialog: FeedDialog) -> [Effect] {
        switch dialog {
        case .filter(let prompt): press(key, in: prompt)
        case .patch(let page): return press(key, in: page)
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
        case .patch: return false
        }
    }
}
