import TreenityProtocol
import TreenityStore

extension Model {
    /// Moves in the pane that is in use.
    mutating func move(_ motion: Motion, _ times: Int) {
        switch focus {
        case .tree: moveInTree(motion, times)
        case .inspector: moveInInspector(motion, times)
        case .feed: moveInFeed(motion, times)
        }
    }

    // MARK: Tree

    private var pageRows: Int { max(1, (frames.tree?.rows ?? 1) - 1) }

    private mutating func moveInTree(_ motion: Motion, _ times: Int) {
        switch motion {
        case .next: outline.move(by: times, in: tree)
        case .previous: outline.move(by: -times, in: tree)
        case .halfPageDown: outline.page(by: max(1, pageRows / 2) * times, in: tree)
        case .halfPageUp: outline.page(by: -max(1, pageRows / 2) * times, in: tree)
        case .pageDown: outline.page(by: pageRows * times, in: tree)
        case .pageUp: outline.page(by: -pageRows * times, in: tree)
        case .first: outline.go(to: outline.top, in: tree)
        case .last: outline.goToLast(in: tree)
        case .out: goOut()
        case .into: goInto()
        case .open: toggleFold()
        }
    }

    /// What motions start from: the node under the cursor; on a ghost, the one that it was under.
    private var origin: NodeID? { outline.node ?? ghostParent }

    private mutating func goOut() {
        guard let node = origin else { return }
        if case .property = outline.cursor {
            outline.go(to: node, in: tree)
        } else if outline.isOpen(node, in: tree), node != outline.top, outline.canOpen(node, in: tree) {
            outline.fold(node, in: tree)
        } else {
            goToParent(of: node)
        }
    }

    private mutating func goInto() {
        guard let node = origin else { return }
        if case .property = outline.cursor {
            return editUnderCursor()
        } else if outline.canOpen(node, in: tree), outline.isOpen(node, in: tree) {
            outline.move(by: 1, in: tree)
        } else {
            open(node)
        }
    }

    private mutating func toggleFold() {
        guard let node = origin else { return }
        if case .property = outline.cursor {
            editUnderCursor()
        } else if outline.isOpen(node, in: tree), node != outline.top {
            outline.fold(node, in: tree)
        } else {
            open(node)
        }
    }

    private mutating func editUnderCursor() { _ = change(.edit) }

    /// Moves and folds in the tree, whatever pane is in use.
    mutating func inTree(_ command: TreeCommand, _ times: Int) {
        switch command {
        case .scrollDown: outline.scroll(by: times, in: tree)
        case .scrollUp: outline.scroll(by: -times, in: tree)
        case .cursorToTop: outline.place(cursorAt: 0)
        case .cursorToMiddle: outline.place(cursorAt: 0.5)
        case .cursorToBottom: outline.place(cursorAt: 1)
        case .unfoldAll: unfold(outline.top, depth: .max)
        case .foldAll: outline.unfold(outline.top, depth: 0, in: tree)
        case .foldToDepth(let depth): unfold(outline.top, depth: depth)
        case .zoomOut:
            if !outline.goBack(in: tree) { notice = .information("this is where it began") }
        case .parent: origin.map { goToParent(of: $0) }
        case .nextSibling: origin.map { goToSibling(of: $0, by: times) }
        case .previousSibling: origin.map { goToSibling(of: $0, by: -times) }
        case .unfold: origin.map { open($0) }
        case .fold: origin.map { fold($0) }
        case .unfoldSubtree: origin.map { unfold($0, depth: .max) }
        case .shiftRight: outline.shift(by: times, paneWidth: frames.tree?.columns ?? 0)
        case .shiftLeft: outline.shift(by: -times, paneWidth: frames.tree?.columns ?? 0)
        case .toggleProperties:
            settings.showsProperties.toggle()
            outline.showsProperties = settings.showsProperties
            outline.mayScroll = true
        case .zoomIn:
            outline.zoomIn(in: tree)
            marks.seen(outline.top)
        }
    }

    /// Folds the node, or the one above where there is nothing to fold.
    private mutating func fold(_ node: NodeID) {
        let canFold =
            outline.isOpen(node, in: tree) && outline.canOpen(node, in: tree) && node != outline.top
        guard let folded = canFold ? node : tree.parent(of: node), folded != outline.top else { return }
        outline.fold(folded, in: tree)
    }

    private var ghostParent: NodeID? {
        guard case .ghost(let ghost) = outline.cursor, tree.contains(ghost.parent) else { return nil }
        return ghost.parent
    }

    private mutating func open(_ node: NodeID) {
        guard outline.canOpen(node, in: tree) else { return }
        outline.unfold(node, in: tree)
        marks.seen(node)
    }

    private mutating func unfold(_ node: NodeID, depth: Int) {
        outline.unfold(node, depth: depth, in: tree)
        let (outline, tree) = (outline, tree)
        marks.seen { outline.isOpen($0, in: tree) }
    }

    private mutating func goToParent(of node: NodeID) {
        guard node != outline.top else { return }
        let parent = outline.cursor == .node(node) ? tree.parent(of: node) : node
        if let parent { outline.go(to: parent, in: tree) }
    }

    private mutating func goToSibling(of node: NodeID, by step: Int) {
        var node = node
        for _ in 0..<abs(step) {
            guard let sibling = outline.sibling(of: node, by: step.signum(), in: tree) else { break }
            node = sibling
        }
        outline.go(to: node, in: tree)
    }

    // MARK: Inspector

    var inspectedProperties: [Replica.Property] {
        guard let node = outline.node, tree.contains(node) else { return [] }
        return tree.properties(of: node)
    }

    /// The property under the inspector's cursor: the chosen one where the node has it, else the first; `nil`: none.
    var inspectedProperty: Name? {
        if case .property(_, let name) = outline.cursor { return name }
        let properties = inspectedProperties
        return properties.contains { $0.name == chosenProperty } ? chosenProperty : properties.first?.name
    }

    private mutating func moveInInspector(_ motion: Motion, _ times: Int) {
        let properties = inspectedProperties
        guard let place = properties.firstIndex(where: { $0.name == inspectedProperty }) else {
            if motion == .out { focus = .tree }
            return
        }
        let page = max(1, (frames.inspector?.rows ?? 1) - 1)
        let next: Int
        switch motion {
        case .next: next = place + times
        case .previous: next = place - times
        case .pageDown, .halfPageDown: next = place + page
        case .pageUp, .halfPageUp: next = place - page
        case .first: next = 0
        case .last: next = .max
        case .out:
            focus = .tree
            return
        case .into, .open:
            _ = change(.edit)
            return
        }
        chosenProperty = properties[min(max(0, next), properties.count - 1)].name
    }

    // MARK: Feed

    private mutating func moveInFeed(_ motion: Motion, _ times: Int) {
        let page = max(1, (frames.feed?.rows ?? 1) - 1)
        switch motion {
        case .next: feed.move(by: times)
        case .previous: feed.move(by: -times)
        case .pageDown, .halfPageDown: feed.move(by: page)
        case .pageUp, .halfPageUp: feed.move(by: -page)
        case .first: feed.goToFirst()
        case .last: if isFrozen { thaw() } else { feed.follow() }
        case .into: showPatch()
        case .open: goToPatch()
        case .out: focus = .tree
        }
    }

    /// Puts the tree's cursor on what a patch was about, or on the nearest that is left of it.
    private mutating func goToPatch() {
        guard let patch = feed.selected?.patch else { return }
        var path: TreePath? = patch.path
        if case .move(let target) = patch.operation { path = target }
        while let candidate = path {
            if let node = tree.node(at: candidate) {
                outline.leave()
                outline.go(to: node, in: tree)
                focus = .tree
                if candidate != patch.path, case .delete = patch.operation {
                    notice = .information("\(patch.path) is gone; this is what it was under")
                }
                return
            }
            path = candidate.parent
        }
    }
}
