import TreenityProtocol
import TreenityStore

extension Model {
    mutating func connection(_ event: ConnectionEvent) -> [Effect] {
        let told = notice
        let isOfEarlierRun = told != nil && told == earlierRun
        let effects = take(event)
        // True only until the last of those edits has gone out.
        if isOfEarlierRun, notice == told { notice = earlierRun }
        return effects
    }

    private mutating func take(_ event: ConnectionEvent) -> [Effect] {
        if event.isFromServer { connection.heard(at: now) }
        switch event {
        case .restored(let edits, let epoch, let refused):
            restore(edits, epoch, refused)
        case .connecting(let attempt):
            if case .offline = connection { break }
            connection = .connecting(attempt: attempt)
        case .live(let welcome):
            return live(welcome)
        case .silent:
            connection.fellSilent()
        case .lost(let reason, let retryAfter):
            return lost(reason, retryAfter)
        case .ended(let reason):
            connection = .ended(reason: reason)
            notice = .failure(reason)
        case .snapshot(let chunk):
            return receive(chunk)
        case .resumed(let from, let to):
            replica.resumed(from: from)
            loading.isUnderWay = true
            isLoading = false
            absence = Absence(end: to)
            noteAbsence()
        case .reached(let seq):
            replica.reached(seq)
            self.seq = max(self.seq ?? .zero, seq)
            noteAbsence()
        case .tree(let json, let seq):
            receive(json, seq: seq)
        case .patches(let patches):
            receive(patches)
        case .acknowledged(let acknowledgement):
            acknowledged(acknowledgement)
        case .refused(let id, let refusal):
            refused(id, refusal)
        case .result(let id, let value):
            finished(id, .success(value))
        case .found(let id, let paths, let more):
            found(id, paths, more: more)
        case .history(let id, let patches, let more):
            historyCame(id, patches, more: more)
        case .latency(let milliseconds):
            if case .live(var session) = connection {
                session.latency = milliseconds
                connection = .live(session)
            }
        case .presence(let presences):
            self.presences = presences
        case .problem(let text):
            notice = .warning(text)
        }
        return []
    }

    private mutating func live(_ welcome: Welcome?) -> [Effect] {
        // One that was silent is heard again.
        guard !connection.wasHeard() else { return [] }
        connection = .live(ConnectionStatus.Session(welcome: welcome, since: now, heard: now))
        announcement = Announcement()
        seq = nil
        isLoading = welcome != nil
        if let welcome { clockSkew = welcome.time.milliseconds - now.milliseconds }
        let epoch = replica.epoch
        let lost = replica.sessionBegan(welcome)
        if replica.epoch != epoch { feed.cut() }
        acts.sessionBegan(epoch: welcome?.epoch, before: epoch)
        if !lost.isEmpty { notice = .warning("the server has another tree: \(lost.count) text edits are lost") }
        // Edits without an answer go out once more: the server knows those that it has by their ids.
        return lost.map { .network(.forget(id: $0.id)) } + replica.unanswered.map { .network($0.sentAgain) }
    }

    private mutating func lost(_ reason: String, _ retryAfter: Int64) -> [Effect] {
        // What a snapshot under way had brought goes.
        if !replica.loading.isEmpty { feed.cut() }
        historyLost()
        replica.connectionLost()
        isLoading = false
        presences = []
        absence = nil
        var since = now
        if case .offline(_, let earlier, _) = connection { since = earlier }
        let retryAt = Timestamp(milliseconds: now.milliseconds + retryAfter)
        connection = .offline(reason: reason, since: since, retryAt: retryAt)
        return loading.connectionLost().map { .network(.unsubscribe($0)) }
    }

    // MARK: The tree as a whole

    private mutating func receive(_ json: JSONValue, seq: SequenceNumber?) {
        let summary = replica.receive(Snapshot(of: json, seq: seq))
        feed.cut()
        if let summary { loaded(summary) }
        self.seq = seq
        isLoading = false
        goBack()
    }

    mutating func loaded(_ summary: SnapshotLoad.Summary) {
        if !isFrozen { outline.rescan() }
        // Of a tree in parts, most that comes and goes is only shown or not.
        if hasLoaded, loading.extent == .whole {
            if let summary = Absence(summary).summary { notice = .information(summary) }
        } else if !hasLoaded {
            openStart()
        }
        hasLoaded = true
        reloadEditor()
        forgetLost()
    }

    mutating func openStart() {
        if outline.cursor != .node(tree.root) || isFrozen { return }
        let root = tree.root
        guard settings.start.isRoot else {
            if let node = tree.node(at: settings.start) {
                outline.unfold(node, in: tree)
                outline.go(to: node, in: tree)
            } else if isLoading || !tree.approach(to: settings.start).isEmpty {
                loading.awaited = AwaitedPlace(settings.start)
            } else {
                notice = .warning("nothing is at \(settings.start)")
            }
            return
        }
        // A lone child is no choice: open it too, so that there is something to see.
        var node = root
        while tree.childCount(of: node) == 1, let child = tree.firstChild(of: node) {
            outline.unfold(child, in: tree)
            node = child
        }
    }

    // MARK: Patches

    mutating func receive(_ patches: [Patch]) {
        traffic.arrived(patches.count)
        let name = cursorName
        for received in replica.receive(patches, now: serverNow) {
            if let seq = received.patch.seq { self.seq = max(self.seq ?? .zero, seq) }
            switch received.outcome {
            case .success(let change):
                note(change, cursorName: name)
                if !isOwn(received.patch) { acts.undo.othersDid(change) }
                receiveShared(received.patch, change)
                absence?.note(change)
                feed.append(change, at: now)
            case .failure(let refusal):
                feed.append(received.patch, refusal, at: now)
            }
        }
        checkShared()
        noteAbsence()
        forgetLost()
    }

    /// Says what happened while there was no connection, when all of it has come.
    private mutating func noteAbsence() {
        guard let absence, absence.end <= seq ?? .zero else { return }
        if let summary = absence.summary { notice = .information(summary) }
        self.absence = nil
    }

    /// Marks what a change did. While the screen is frozen, its cursor is in another tree.
    mutating func note(_ change: Change, cursorName: Name?) {
        let tree = replica.tree
        let sender = change.patch.sender
        let isOwn = isOwn(change.patch)
        if case .execute = change.patch.operation, let node = tree.node(at: change.patch.path) {
            marks.note(.executed, node, at: now, in: tree, outline)
        }
        if !isFrozen { outline.note(change.effects, in: tree) }
        for effect in change.effects {
            switch effect {
            case .property(let property):
                if !isOwn, !isFrozen, outline.cursor == .property(property.node, property.name) {
                    cursorDisturbed = now
                }
                marks.note(.edited, property.node, at: now, in: tree, outline)
                noteOrder(of: property.node)
            case .added(let node):
                marks.note(.added, node, at: now, in: tree, outline)
            case .moved(let move):
                marks.note(.moved, move.node, at: now, in: tree, outline)
                if !isOwn, !isFrozen { disturbCursor(within: move.node) }
            case .removed(let subtree):
                marks.noteRemoval(of: subtree.count, under: subtree.parent, in: tree, outline)
                guard !isFrozen else { break }
                let before = outline.cursor
                outline.nodesRemoved(subtree, by: sender, cursorName: cursorName, in: tree)
                if !isOwn, outline.cursor != before || hasMarked(of: subtree) { cursorDisturbed = now }
            case .count: break
            }
        }
        editorSees(change)
    }

    private mutating func noteOrder(of node: NodeID) {
        guard !isFrozen, tree.contains(node), let parent = tree.parent(of: node) else { return }
        outline.sorted.changed(node, of: parent)
    }

    private mutating func disturbCursor(within node: NodeID) {
        guard tree.contains(node) else { return }
        let aims = [outline.node].compactMap(\.self) + acts.marked.prefix(Model.mostWatchedMarks)
        if aims.contains(where: { tree.contains($0) && tree.isNode($0, within: node) }) { cursorDisturbed = now }
    }

    /// Of so many marks it is seen that somebody else moves them just as a key is pressed for them.
    private static let mostWatchedMarks = 1_000

    var serverNow: Timestamp { Timestamp(milliseconds: now.milliseconds + clockSkew) }

    private var cursorName: Name? {
        guard let node = outline.node, tree.contains(node) else { return nil }
        return tree.name(of: node)
    }
}
