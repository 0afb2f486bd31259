import TreenityProtocol
import TreenityStore

extension Model {
    /// Whether the screen stands still.
    var isFrozen: Bool { frozen != nil }

    /// The server's clock, as of the moment that is shown.
    var shownNow: Timestamp {
        guard let frozen else { return serverNow }
        return Timestamp(milliseconds: frozen.moment.milliseconds + clockSkew)
    }

    /// The moment from which marks fade.
    var marksNow: Timestamp { frozen?.drawn ?? now }

    /// The marks of what is shown.
    var shownMarks: ChangeMarks { frozen?.marks ?? marks }

    /// How many patches have come since the moment that is shown.
    var missedCount: Int { frozen.map { feed.history.end.number - $0.position.number } ?? 0 }

    mutating func time(_ command: TimeCommand, _ times: Int) -> [Effect] {
        switch command {
        case .nodeHistory: return showHistory()
        case .freeze: if isFrozen { thaw() } else { freeze() }
        case .patchBack: step(by: -times)
        case .patchForward: step(by: times)
        case .minuteBack: step(minutes: -times)
        case .minuteForward: step(minutes: times)
        }
        return []
    }

    /// `false`, and a word about it, where the screen shows what was: nothing of that can be changed.
    mutating func mayChange() -> Bool {
        guard isFrozen else { return true }
        notice = .warning("this is the tree as it was: s goes back to live, where it can be changed")
        return false
    }

    private mutating func freeze() {
        guard hasLoaded else {
            notice = .information("there is nothing to freeze yet")
            return
        }
        frozen = Frozen(replica, feed.history, marks, outline.sorted, at: now)
        feed.freeze()
        outline.rescan()
    }

    /// Back to live.
    mutating func thaw() {
        guard let frozen else { return }
        let missed = missedCount
        let order = outline.sorted.order
        outline.sorted = frozen.orders
        outline.sorted.order = order
        // What was changed meanwhile has not been noted there.
        if order == .recent { outline.sorted.forget() }
        frozen.end(&discarded)
        self.frozen = nil
        feed.thaw()
        outline.rescan()
        outline.mayScroll = true
        if missed > 0 {
            notice = .information("\(Human.counted(missed, "patch", "patches")) since what was shown")
        }
    }

    // MARK: Going

    /// Goes to a state, freezing the screen.
    mutating func travel(to position: History.Position) {
        if !isFrozen { freeze() }
        frozen?.go(to: .position(position))
    }

    private mutating func step(by count: Int) {
        if !isFrozen { freeze() }
        guard let frozen else { return }
        let base = if case .position(let target) = frozen.target { target } else { frozen.position }
        let end = feed.history.end
        let goal = History.Position(min(end.number, base.number + count))
        guard goal != base else {
            notice = .information("nothing has come after this; s goes back to live")
            return
        }
        self.frozen?.go(to: .position(max(goal, frozen.reach.lowerBound)))
        if goal < frozen.reach.lowerBound, base == frozen.reach.lowerBound { sayWhereItEnds() }
    }

    private mutating func step(minutes: Int) {
        if !isFrozen { freeze() }
        guard let frozen else { return }
        let base = if case .moment(let target) = frozen.target { target } else { frozen.moment }
        let goal = base.milliseconds + Int64(minutes) * 60_000
        if minutes < 0, frozen.position == frozen.reach.lowerBound { return sayWhereItEnds() }
        self.frozen?.go(to: .moment(Timestamp(milliseconds: min(now.milliseconds, goal))))
    }

    private mutating func sayWhereItEnds() {
        notice = .information("this is as far back as the patches are remembered")
    }

    /// Goes the next slice of the way to where the user wants.
    mutating func travel() {
        guard var frozen, frozen.target != nil else { return }
        self.frozen = nil
        var gone: [Change] = []
        let (before, treeCount) = (frozen.position, frozen.treeCount)
        let progress = frozen.proceed(replica, feed.history, &discarded) { gone.append($0) }
        if gone.count <= Model.mostMarked {
            for change in gone { mark(change, in: &frozen) }
        }
        frozen.drawn = now
        _ = frozen.marks.expire(at: now)
        self.frozen = frozen
        if treeCount != frozen.treeCount || outline.sorted.order == .recent { outline.sorted.forget() }
        outline.rescan()
        switch progress {
        case .arrived: feed.select(change: frozen.position.number)
        case .underWay: break
        case .stopped(let reason): notice = .information(reason)
        }
        if before != frozen.position { outline.mayScroll = true }
    }

    /// Changes that are marked one by one when they are gone over.
    private static let mostMarked = 100

    private func mark(_ change: Change, in frozen: inout Frozen) {
        let tree = frozen.tree
        for effect in change.effects {
            switch effect {
            case .property(let property): frozen.marks.note(.edited, property.node, at: now, in: tree, outline)
            case .added(let node): frozen.marks.note(.added, node, at: now, in: tree, outline)
            case .moved(let move): frozen.marks.note(.moved, move.node, at: now, in: tree, outline)
            case .removed(let subtree):
                frozen.marks.noteRemoval(of: subtree.count, under: subtree.parent, in: tree, outline)
            case .count: break
            }
        }
    }
}
