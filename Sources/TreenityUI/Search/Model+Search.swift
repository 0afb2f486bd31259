import TreenityProtocol
import TreenityStore

extension Model {
    // MARK: While it is typed

    /// The search goes on with each key, from where it began.
    mutating func search(_ dialog: inout FindDialog) {
        outline.search = nil
        finder.goal = nil
        let text = dialog.field.text
        guard !text.isEmpty else {
            outline.folds = dialog.before.folds
            if let node = dialog.before.node { outline.go(to: node, in: tree) }
            return
        }
        do {
            outline.search = NodeScan(.pattern(try Pattern(text)))
            finder.goal = .first(before: dialog.before)
        } catch {
            dialog.complaint = error.description
        }
    }

    /// The rows that fit are shown with each key, and the cursor goes to the first of them.
    mutating func filter(_ dialog: FindDialog) {
        let text = dialog.field.text
        guard !text.isEmpty else {
            outline.filter(nil)
            return
        }
        outline.filter(.fuzzy(FuzzyFilter(text, shown: settings.tellingProperties)))
        finder.goal = .first(before: dialog.before)
    }

    // MARK: Going

    mutating func goToMatch(by step: Int) {
        guard let last = finder.last else {
            notice = .information("nothing was searched for yet; / searches")
            return
        }
        if outline.search == nil { outline.search = NodeScan(last) }
        finder.goal = .step(step)
    }

    /// Looks for nodes with the property under the cursor, else for those that are called as the one under it.
    mutating func searchSameKey(by step: Int) {
        guard let node = outline.node, tree.contains(node) else { return }
        var key = tree.name(of: node)
        if case .property(_, let name) = selectedItem { key = name }
        finder.last = .key(key)
        outline.search = NodeScan(.key(key))
        outline.leave()
        finder.goal = .step(step)
    }

    /// Goes on with what is looked for. `true`: there is more to do.
    mutating func proceedFinding() -> Bool {
        let tree = tree
        outline.search?.proceed(in: tree)
        outline.filter?.proceed(in: tree)
        reachGoal()
        proceedPaths()
        return [outline.search?.isComplete, outline.filter?.isComplete, finder.paths?.isComplete].contains(false)
    }

    private mutating func reachGoal() {
        guard let goal = finder.goal, let scan = goalScan else { return }
        switch goal {
        case .first(let before):
            // Not before all is known, so that the cursor goes but once.
            guard scan.isComplete else { return }
            goToFirst(scan, before)
        case .step(let count):
            guard scan.isComplete || scan.matches.count(outline.top) > 0 else { return }
            step(by: count, scan)
        }
        finder.goal = nil
    }

    private var goalScan: NodeScan? {
        if case .find(let dialog) = dialog, dialog.purpose == .filter { return outline.filter }
        return outline.search ?? outline.filter
    }

    private mutating func goToFirst(_ scan: NodeScan, _ before: Outline) {
        let origin = before.node.flatMap { tree.contains($0) ? $0 : nil } ?? outline.top
        outline.folds = before.folds
        if let match = outline.match(from: origin, scan.matches, in: tree) {
            outline.go(to: match, in: tree)
        } else if outline.filter == nil {
            outline.go(to: origin, in: tree)
        }
    }

    private mutating func step(by count: Int, _ scan: NodeScan) {
        guard scan.matches.count(outline.top) > 0 else {
            notice = .warning("no match for “\(scan.criterion.text)”")
            return
        }
        var place = outline.node ?? outline.top
        for _ in 0..<min(abs(count), scan.matches.count(outline.top)) {
            let next =
                count > 0
                ? outline.match(after: place, scan.matches, in: tree)
                : outline.match(before: place, scan.matches, in: tree)
            guard let next else { break }
            place = next
        }
        outline.go(to: place, in: tree)
        notice = .information("\(matchNumber(scan)) for “\(scan.criterion.text)”")
    }

    /// Which of how many: `3/41`; with more to come, `3/41…`.
    func matchNumber(_ scan: NodeScan) -> String {
        let more = scan.isComplete ? "" : String(settings.glyphs.ellipsis)
        let count = scan.matches.count(outline.top)
        guard count > 0 else { return scan.isComplete ? "no match" : "0" + more }
        var outline = outline
        guard let node = outline.node, tree.contains(node) else { return "\(count)\(more)" }
        return "\(max(1, outline.number(of: node, scan.matches, in: tree)))/\(count)\(more)"
    }

    /// What is marked wherever it is shown.
    var highlighted: Pattern? {
        if case .pattern(let pattern) = outline.search?.criterion { pattern } else { nil }
    }
}
