import TreenityProtocol
import TreenityStore

/// A filter of the feed while it is typed; it holds with each key.
struct FeedFilterPrompt: Sendable {
    var field: TextField
    /// What held before, for who gives up.
    var before: FeedFilter?
    var complaint: String?
    /// What could stand in the place of the word at the cursor.
    var candidates: [String] = []
}

extension Model {
    mutating func askForFilter() {
        layout.hidden.remove(.feed)
        let filter = feed.scope.filter
        dialog = .feed(.filter(FeedFilterPrompt(field: TextField(filter?.text ?? ""), before: filter)))
    }

    mutating func press(_ key: Key, in prompt: FeedFilterPrompt) {
        var prompt = prompt
        prompt.candidates = []
        switch key {
        case .escape, .control("c"):
            dialog = nil
            feed.change { $0.filter = prompt.before }
        case .enter:
            guard prompt.complaint == nil else { return }
            dialog = nil
        case .tab:
            complete(&prompt)
            typed(prompt)
        default:
            _ = prompt.field.press(key)
            typed(prompt)
        }
    }

    /// What is typed holds at once, where it means something.
    mutating func typed(_ prompt: FeedFilterPrompt) {
        var prompt = prompt
        do throws(FeedFilterError) {
            let filter = try FeedFilter.parse(prompt.field.text)
            prompt.complaint = nil
            if filter?.text != feed.scope.filter?.text { feed.change { $0.filter = filter } }
        } catch {
            prompt.complaint = error.text
        }
        dialog = .feed(.filter(prompt))
    }

    // MARK: Completion

    /// Completes the word before the cursor, as far as all that it may become begin so.
    private func complete(_ prompt: inout FeedFilterPrompt) {
        let typed = prompt.field.beforeCursor
        let start = typed.lastIndex(of: " ").map { typed.index(after: $0) } ?? typed.startIndex
        var word = typed[start...]
        var head = String(typed[..<start])
        if word.hasPrefix("!") {
            head += "!"
            word.removeFirst()
        }
        let candidates = completions(of: String(word))
        guard let first = candidates.first else { return }
        let common = candidates.dropFirst().reduce(first) { String(zip($0, $1).prefix { $0 == $1 }.map(\.0)) }
        if common.count >= word.count {
            let after = prompt.field.afterCursor
            prompt.field = TextField(head + common + after)
            for _ in after { _ = prompt.field.press(.left) }
        }
        prompt.candidates = candidates.count > 1 ? candidates : []
    }

    private func completions(of word: String) -> [String] {
        guard let colon = word.firstIndex(of: ":") else {
            return FeedFilter.keys.filter { $0.hasPrefix(word) }
        }
        let (key, value) = (String(word[...colon]), String(word[word.index(after: colon)...]))
        let values: [String] =
            switch key {
            case "op:": FeedFilter.operations.filter { $0.hasPrefix(value.uppercased()) }
            case "by:": knownUsers.filter { $0.hasPrefix(value) }
            case "path:": paths(beginningWith: value)
            default: []
            }
        return values.map { key + $0 }
    }

    private var knownUsers: [String] {
        let recent = (max(feed.firstNumber, feed.nextNumber - 200)..<feed.nextNumber).compactMap {
            feed.entry($0)?.patch.sender
        }
        return Set(presences.map(\.user) + recent).filter { !$0.isEmpty && !$0.contains(" ") }.sorted()
    }

    private func paths(beginningWith text: String) -> [String] {
        guard let slash = text.lastIndex(of: "/") else { return TreePath.rootName.hasPrefix(text) ? ["tree/"] : [] }
        guard let parent = try? TreePath(parsing: slash == text.startIndex ? "/" : String(text[..<slash])),
            let node = tree.node(at: parent)
        else { return [] }
        let start = text[text.index(after: slash)...]
        let names = tree.children(of: node).lazy.map { tree.name(of: $0).escaped }
            .filter { $0.hasPrefix(start) && !$0.contains(" ") }.prefix(1_000)
        return names.sorted(by: NaturalOrder.precedes).map { text[...slash] + $0 }
    }
}
