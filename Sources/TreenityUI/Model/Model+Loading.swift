import TreenityProtocol
import TreenityStore

extension Model {
    /// What is asked of the connection before anything has happened.
    public var opening: [NetworkEffect] { [.fetch(Loading.first), .subscribe(loading.subscription)] }

    // MARK: Snapshots

    mutating func receive(_ chunk: Snapshot) -> [Effect] {
        guard loading.isWanted(chunk.id) else { return [] }
        let isBeginning = !loading.isUnderWay
        if isBeginning, loading.extent == .parts, hasLoaded { rememberPlaces() }
        loading.isUnderWay = true
        let summary = replica.receive(chunk, refining: loading.refines(chunk.id))
        feed.cut()
        seq = max(seq ?? .zero, chunk.seq)
        if chunk.id == Loading.Extent.whole.rawValue, chunk.more, tree.nodeCount > settings.mostNodes {
            return loadParts()
        }
        guard let summary else { return [] }
        if chunk.id == loading.extent.rawValue { isLoading = false }
        complete(chunk, summary)
        // What came between the chunks has waited for the last one.
        receive([Patch]())
        return []
    }

    private mutating func complete(_ chunk: Snapshot, _ summary: SnapshotLoad.Summary) {
        // One that was passed over is asked for again, if it is still wanted: see ``wanted()``.
        loading.answered(chunk.id)
        guard !loading.refines(chunk.id), !summary.isPassedOver else { return goBack() }
        if chunk.id == loading.extent.rawValue { loaded(summary) } else if !hasLoaded { openStart() }
        goBack()
    }

    /// All would be too much: what is shown is enough. The connection is made anew, so that the server stops sending.
    private mutating func loadParts() -> [Effect] {
        let old = loading.subscription.id
        rememberPlaces()
        loading.extent = .parts
        notice = .information(
            "more than \(Human.grouped(settings.mostNodes)) nodes: parts are loaded as you unfold them")
        return [.network(.unsubscribe(old)), .network(.subscribe(loading.subscription)), .network(.reconnect)]
    }

    // MARK: What is shown

    /// What is to be asked for now: the children of what is unfolded on the screen, the way to places that were left, and
    /// what has become doubtful. O(height of the screen).
    mutating func wanted() -> [Effect] {
        guard loading.extent == .parts, loading.isUnderWay, connection.session != nil, !isFrozen else { return [] }
        var effects: [Effect] = []
        for row in outline.rows {
            guard let node = row.node, tree.contains(node), outline.isOpen(node, in: tree) else { continue }
            ask(node, &effects)
        }
        if let path = pathBeingTyped, let node = tree.node(at: path) { ask(node, &effects) }
        for path in (loading.awaited?.paths ?? []) + [pathBeingTyped].compactMap({ $0 }) {
            if let step = tree.approach(to: path).first, let node = tree.node(at: step) { ask(node, &effects) }
        }
        if loading.mayInquire(at: now) {
            effects += replica.takeInquiries().map { .network(.fetch(loading.inquire(at: $0, now))) }
        }
        return effects
    }

    private mutating func ask(_ node: NodeID, _ effects: inout [Effect]) {
        guard !tree.isLoaded(node), !loading.isAsked(node) else { return }
        effects.append(.network(.fetch(loading.ask(node, at: tree.path(of: node)))))
    }

    // MARK: Places

    /// What is loaded anew in parts gets new identities: what is unfolded and where the cursor stands is found by path.
    private mutating func rememberPlaces() {
        if let place { loading.awaited = AwaitedPlace(place) }
    }

    /// Goes back to the place that is awaited, as far as it is here by now.
    mutating func goBack() {
        guard !isLoading, !isFrozen, var awaited = loading.awaited else { return }
        loading.awaited = awaited.arrive(at: &outline, in: tree) ? awaited : nil
    }
}
