import TreenityProtocol
import TreenityStore

extension Model {
    mutating func press(_ key: Key, in prompt: Prompt) -> [Effect] {
        var prompt = prompt
        switch key {
        case .escape, .control("c"):
            leave(prompt)
        case .enter:
            return submit(prompt)
        case .tab:
            complete(&prompt)
            dialog = .prompt(prompt)
        default:
            prompt.complaint = nil
            _ = prompt.field.press(key)
            editing.isTyped = true
            dialog = .prompt(prompt)
        }
        return []
    }

    mutating func paste(_ text: String) {
        if case .feed(let dialog) = dialog, paste(text, into: dialog) { return }
        if pasteIntoQuestion(text) { return }
        if case .editor(let editor) = dialog { return paste(text, in: editor) }
        if case .find(let dialog) = dialog { return paste(text, into: dialog) }
        guard case .prompt(var prompt) = dialog else {
            notice = .information("pasting does something only where text is typed")
            return
        }
        prompt.field.insert(text)
        editing.isTyped = true
        dialog = .prompt(prompt)
    }

    /// What was typed is kept, so that nothing is lost by a slip.
    private mutating func leave(_ prompt: Prompt) {
        dialog = nil
        focus = prompt.pane
        editing.kills = prompt.field.kills
        guard let draft = draft(of: prompt) else { return }
        editing.drafts.keep(draft)
        notice = .information("the draft is kept: the same key brings it back, gd lists all")
    }

    private mutating func submit(_ prompt: Prompt) -> [Effect] {
        let text = prompt.field.text
        switch prompt.purpose {
        case .add(let node): return finish(prompt, add(text, under: node))
        case .rename(let item): return finish(prompt, rename(item, text))
        case .move(let item): return finish(prompt, move(item, prompt))
        }
    }

    /// Closes the prompt, or keeps it open with what is wrong.
    private mutating func finish(_ prompt: Prompt, _ complaint: String?) -> [Effect] {
        if let complaint {
            var prompt = prompt
            prompt.complaint = complaint
            prompt.warned = prompt.field.text
            dialog = .prompt(prompt)
            return []
        }
        if let key = prompt.draftKey { editing.drafts.drop(key) }
        editing.kills = prompt.field.kills
        dialog = nil
        focus = prompt.pane
        return outbox.isEmpty ? [] : flush()
    }

    // MARK: What the prompts do; each returns what is wrong, or nothing

    private mutating func add(_ text: String, under node: NodeID) -> String? {
        guard tree.contains(node) else { return "the node is gone; Esc keeps what you typed" }
        switch Addition.parse(text) {
        case .failure(let error): return error.description
        case .success(let addition):
            let path = tree.path(of: node).appending(addition.name)
            guard tree.item(at: path) == nil else { return "\(addition.name) exists already; i edits it" }
            guard send(.add(addition.value), path) else { return notice?.text }
            if let child = tree.child(addition.name, of: node) {
                outline.go(to: child, in: tree)
            } else {
                chosenProperty = addition.name
            }
            return nil
        }
    }

    private mutating func rename(_ item: Replica.Item, _ text: String) -> String? {
        guard let path = path(of: item), let parent = path.parent else { return "it is gone" }
        do {
            let name = try Name(text)
            if name == path.name { return nil }
            guard send(.move(to: parent.appending(name)), path) else { return notice?.text }
            if case .property = item { chosenProperty = name }
            return nil
        } catch {
            return error.description
        }
    }

    private mutating func move(_ item: Replica.Item, _ prompt: Prompt) -> String? {
        if !markedNodes.isEmpty {
            return moveMarked(to: prompt.field.text, isWarned: prompt.warned == prompt.field.text)
        }
        guard let source = path(of: item) else { return "it is gone" }
        switch moveTarget(of: item, prompt.field.text) {
        case .failure(let error): return error.description
        case .success(let target):
            if target == source { return nil }
            if let parent = target.parent, tree.item(at: parent) == nil, prompt.warned != prompt.field.text {
                return "nothing is at \(parent); Enter once more creates it"
            }
            guard send(.move(to: target), source) else { return notice?.text }
            if case .node(let node) = item { outline.go(to: node, in: tree) }
            return nil
        }
    }

    /// Where a move to a typed path leads. As with files, a move to a node that is there goes into it.
    func moveTarget(of item: Replica.Item, _ text: String) -> Result<TreePath, PathError> {
        Result { () throws(PathError) in
            let target = try TreePath(parsing: text)
            guard let source = path(of: item), let name = source.name, target != source,
                tree.node(at: target) != nil
            else { return target }
            return target.appending(name)
        }
    }

    // MARK: Completion

    /// Completes the last name of a path being typed, as far as the children that begin so agree.
    private mutating func complete(_ prompt: inout Prompt) {
        switch prompt.purpose {
        case .move: break
        case .add, .rename: return
        }
        let text = prompt.field.text
        guard let slash = text.lastIndex(of: "/"),
            let parent = try? TreePath(parsing: slash == text.startIndex ? "/" : String(text[..<slash])),
            let node = tree.node(at: parent)
        else { return }
        let start = text[text.index(after: slash)...]
        let names = tree.children(of: node).map { tree.name(of: $0).escaped }.filter { $0.hasPrefix(start) }
        guard let first = names.first else {
            prompt.complaint = "nothing there begins so"
            return
        }
        let common = names.dropFirst().reduce(first) { String(zip($0, $1).prefix { $0 == $1 }.map(\.0)) }
        prompt.field = TextField(text[...slash] + common + (names.count == 1 ? "/" : ""))
        if names.count > 1 {
            let shown = names.sorted(by: NaturalOrder.precedes).prefix(8).joined(separator: "  ")
            prompt.complaint = names.count > 8 ? "\(shown)  … (\(names.count))" : shown
        }
    }
}
