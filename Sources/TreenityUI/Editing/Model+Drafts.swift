import TreenityProtocol
import TreenityStore

extension Model {
    // MARK: The list

    /// The drafts as they are listed: the newest first.
    var listedDrafts: [Draft] { editing.drafts.all.reversed() }

    mutating func listDrafts() {
        guard !editing.drafts.isEmpty else {
            notice = .information("there are no drafts; Esc in a text leaves one")
            return
        }
        dialog = .drafts(DraftList(pane: focus))
    }

    mutating func press(_ key: Key, in list: DraftList) -> [Effect] {
        var list = list
        let drafts = listedDrafts
        guard drafts.indices.contains(list.selected) else {
            dialog = nil
            return []
        }
        let draft = drafts[list.selected]
        switch key {
        case .escape, .control("c"), .character("q"):
            dialog = nil
            return []
        case .enter, .character("i"), .character("l"):
            dialog = nil
            focus = list.pane
            open(draft)
            return []
        case .down, .character("j"): list.selected += 1
        case .up, .character("k"): list.selected -= 1
        case .character("y"):
            notice = .information("the draft is copied")
            dialog = nil
            return [.terminal(.copy(draft.text))]
        case .home, .character("g"): list.selected = 0
        case .end, .character("G"): list.selected = drafts.count - 1
        case .delete, .character("D"):
            editing.drafts.drop(draft.key)
            notice = .information("the draft of \(draft.path) is dropped")
        default: break
        }
        let last = editing.drafts.all.count - 1
        list.selected = min(max(0, list.selected), last)
        dialog = last < 0 ? nil : .drafts(list)
        return []
    }

    /// Goes on with a draft, also of what is gone.
    private mutating func open(_ draft: Draft) {
        guard mayChange(), isUnlocked() else { return }
        let subject = EditSubject(draft, in: tree)
        if let node = draft.kind == .value || draft.kind == .node ? subject.node : tree.node(at: draft.path) {
            outline.go(to: node, in: tree)
            if draft.kind == .value { chosenProperty = subject.name }
        }
        switch draft.kind {
        case .value, .node: edit(subject)
        case .addition: resume(draft) { tree in tree.node(at: draft.path).map(Prompt.Purpose.add) }
        case .name: resume(draft) { tree in tree.item(at: draft.path).map(Prompt.Purpose.rename) }
        }
    }

    private mutating func resume(_ draft: Draft, _ purpose: (Replica) -> Prompt.Purpose?) {
        guard let purpose = purpose(tree) else {
            notice = .warning("\(draft.path) is gone; the draft stays: y in gd copies it")
            return
        }
        begin(purpose, nil)
    }

    // MARK: Prompts

    /// Under which the text of a prompt is kept; `nil`: it is not.
    func draftKey(for purpose: Prompt.Purpose) -> Draft.Key? {
        switch purpose {
        case .add(let node): path(of: .node(node)).map { Draft.Key(kind: .addition, path: $0) }
        case .rename(let item): path(of: item).map { Draft.Key(kind: .name, path: $0) }
        // A way to a place is no content: left, it means nothing any more.
        case .move: nil
        }
    }

    func draft(for purpose: Prompt.Purpose) -> Draft? {
        draftKey(for: purpose).flatMap { editing.drafts[$0] }
    }

    /// What is unfinished in a prompt; `nil`: nothing.
    func draft(of prompt: Prompt) -> Draft? {
        guard let key = prompt.draftKey, !prompt.field.isEmpty, prompt.field.text != prompt.original else { return nil }
        return Draft(kind: key.kind, path: key.path, text: prompt.field.text, base: nil, time: serverNow)
    }

    // MARK: Keeping

    /// How often what is being typed is handed out to be kept, in milliseconds.
    private static let keepingTime: Int64 = 1_000

    /// All that is unfinished, where that is not what is kept already.
    ///
    /// - Parameter atOnce: the program comes to its end.
    mutating func keepDrafts(atOnce: Bool = false) -> [Effect] {
        let elapsed = now.milliseconds - editing.keptAt.milliseconds
        let isDue = editing.isTyped && (atOnce || elapsed >= Model.keepingTime || elapsed < 0)
        let isClosed = editing.keepsOpen && openDraft == nil
        guard isDue || isClosed || editing.drafts != editing.listed else { return [] }
        var drafts = editing.drafts
        let open = openDraft
        if let open { drafts.keep(open) }
        (editing.isTyped, editing.keptAt, editing.listed, editing.keepsOpen) = (false, now, editing.drafts, open != nil)
        guard drafts.all != editing.kept else { return [] }
        editing.kept = drafts.all
        return [.keepDrafts(drafts.all)]
    }

    /// What is unfinished in the dialog that is open.
    private var openDraft: Draft? {
        if case .editor(let editor) = dialog { return draft(of: editor) }
        if case .conflict(let conflict) = dialog { return draft(of: conflict.editor) }
        if case .prompt(let prompt) = dialog { return draft(of: prompt) }
        return nil
    }
}
