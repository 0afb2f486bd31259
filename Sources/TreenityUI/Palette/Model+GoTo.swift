import TreenityProtocol
import TreenityStore

/// Going to a path: typed as it is, or by letters of it.
extension Model {
    mutating func listPaths(_ dialog: inout FindDialog) {
        let text = dialog.field.text
        finder.paths = text.isEmpty ? nil : pathScan(text)
        dialog.candidates = text.isEmpty ? visitedPaths.map { candidate($0, note: "visited") } : []
        proceedPaths(&dialog)
    }

    /// A search for what is typed: for the children of what stands before the last slash, by the letters after it, or by
    /// letters of the whole where no node has that address; `nil`: it is being loaded.
    private func pathScan(_ text: String) -> PathScan? {
        guard let (parent, rest) = split(text) else { return PathScan(text) }
        if let node = tree.node(at: parent) { return PathScan(rest, below: node, in: tree) }
        guard tree.approach(to: parent).isEmpty else { return nil }
        let beginning = ["/", "\(TreePath.rootName)/"].first { text.hasPrefix($0) } ?? ""
        return PathScan(String(text.dropFirst(beginning.count)))
    }

    /// The places that were left by jumps, the last one first.
    private var visitedPaths: [TreePath] {
        var paths: [TreePath] = []
        for visit in outline.visits.all.reversed() where tree.contains(visit.node) {
            let path = tree.path(of: visit.node)
            if !paths.contains(path) { paths.append(path) }
        }
        return paths
    }

    private func candidate(_ path: TreePath, note: String = "") -> Candidate {
        Candidate(text: path.text, note: note, completion: path.text + "/", meaning: .path(path))
    }

    /// The path before the last slash, and what is after it.
    private func split(_ text: String) -> (parent: TreePath, rest: Substring)? {
        guard let slash = text.lastIndex(of: "/") else { return nil }
        let before = slash == text.startIndex ? "/" : String(text[..<slash])
        guard let parent = try? TreePath(parsing: before) else { return nil }
        return (parent, text[text.index(after: slash)...])
    }

    /// The node whose children are being typed, to be loaded where they are not.
    var pathBeingTyped: TreePath? {
        guard case .find(let dialog) = dialog, dialog.purpose == .path else { return nil }
        return split(dialog.field.text)?.parent
    }

    mutating func proceedPaths() {
        guard case .find(var dialog) = dialog, dialog.purpose == .path, !dialog.field.isEmpty else { return }
        // What was asked for may have come.
        if finder.paths?.isOutdated(in: tree) ?? true { finder.paths = pathScan(dialog.field.text) }
        proceedPaths(&dialog)
        self.dialog = .find(dialog)
    }

    private mutating func proceedPaths(_ dialog: inout FindDialog) {
        guard finder.paths?.isComplete == false else { return }
        let tree = tree
        finder.paths?.proceed(in: tree)
        let old = dialog.selected?.text
        dialog.candidates = (finder.paths?.best ?? []).map { candidate($0.path) }
        // A choice that was made is kept.
        if dialog.selection > 0, let place = dialog.candidates.firstIndex(where: { $0.text == old }) {
            dialog.selection = place
        }
    }

    /// Goes to the path that was typed, else to the one that was chosen.
    mutating func goTo(_ dialog: FindDialog) -> [Effect] {
        let text = dialog.field.text
        let typed = text.contains("/") || text == TreePath.root.text ? try? TreePath(parsing: text) : nil
        let isThere = dialog.selection == 0 && typed.map { go(toPath: $0) } ?? false
        if !isThere {
            if case .path(let path) = dialog.selected?.meaning, go(toPath: path) {
                // There.
            } else if let typed, !tree.approach(to: typed).isEmpty {
                loading.awaited = AwaitedPlace(typed)
            } else {
                var dialog = dialog
                dialog.complaint = complaint(about: text)
                self.dialog = .find(dialog)
                return []
            }
        }
        self.dialog = nil
        finder.paths = nil
        focus = .tree
        return []
    }

    private func complaint(about text: String) -> String {
        do {
            _ = try TreePath(parsing: text)
            return "nothing is there"
        } catch {
            return error.description
        }
    }

    /// Goes to what is there; `false`: nothing is.
    private mutating func go(toPath path: TreePath) -> Bool {
        switch tree.item(at: path) {
        case .node(let node):
            outline.leave()
            outline.go(to: node, in: tree)
        case .property(let node, let name):
            outline.leave()
            outline.go(to: node, in: tree)
            chosenProperty = name
        case nil: return false
        }
        return true
    }
}
