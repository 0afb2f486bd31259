import TreenityProtocol

/// What a client is subscribed to, over all its connections, and how far each part has come.
///
/// A subscription is unasked → asked → arriving (its snapshot is under way) → standing, or asked → catching up (what was
/// missed is under way) → standing. When the connection is lost, what stood or was catching up goes on where it was, and
/// the rest begins anew. One that is wanted once ends with its snapshot.
struct Subscriptions: Sendable {
    private enum Phase: Hashable {
        case unasked
        case asked
        case arriving
        case catchingUp(to: SequenceNumber)
        case standing
    }

    private struct Entry {
        var subscription: Subscription
        var isWantedOnce: Bool
        var phase = Phase.unasked
        /// All that it shows up to here has come; `nil`: nothing has, or not at one place in the order.
        var reached: SequenceNumber?

        var isCatchingUp: Bool {
            if case .catchingUp = phase { true } else { false }
        }
    }

    private var entries: [Entry] = []
    /// To which the places in the order belong; `nil` while there is no session.
    private var epoch: String?
    private var isOpen = false

    /// How many snapshots that are wanted once are asked for at a time: servers bound a session's subscriptions.
    private static let onceAtATime = 8

    // MARK: What is wanted

    /// Wants the patches of a subtree, or its snapshot once. Another of the same `id` is replaced.
    mutating func add(_ subscription: Subscription, once isWantedOnce: Bool) -> [ClientFrame] {
        entries.removeAll { $0.subscription.id == subscription.id }
        entries.append(Entry(subscription: subscription, isWantedOnce: isWantedOnce))
        return isOpen ? ask() : []
    }

    /// Wants a subscription no more.
    mutating func remove(_ id: String) -> [ClientFrame] {
        guard let place = place(of: id) else { return [] }
        let entry = entries.remove(at: place)
        guard isOpen, entry.phase != .unasked else { return [] }
        return [.unsubscribe(id: id)] + ask()
    }

    /// Asks for what is not asked for yet and may be.
    private mutating func ask() -> [ClientFrame] {
        var room = Self.onceAtATime - entries.count { $0.isWantedOnce && $0.phase != .unasked }
        var frames: [ClientFrame] = []
        for place in entries.indices where entries[place].phase == .unasked {
            if entries[place].isWantedOnce {
                guard room > 0 else { continue }
                room -= 1
            }
            entries[place].phase = .asked
            var subscription = entries[place].subscription
            if let reached = entries[place].reached {
                subscription.since = reached
                subscription.epoch = epoch
            }
            frames.append(.subscribe(subscription))
        }
        return frames
    }

    private func place(of id: String) -> Int? { entries.firstIndex { $0.subscription.id == id } }

    // MARK: Connections

    /// A session begins.
    mutating func opened(_ welcome: Welcome) -> [ClientFrame] {
        isOpen = true
        if epoch != welcome.epoch {
            epoch = welcome.epoch
            for place in entries.indices { entries[place].reached = nil }
        }
        return ask()
    }

    /// The connection is gone.
    mutating func closed() {
        isOpen = false
        for place in entries.indices {
            switch entries[place].phase {
            case .arriving: entries[place].reached = nil
            case .unasked, .asked, .catchingUp, .standing: break
            }
            entries[place].phase = .unasked
        }
    }

    // MARK: What comes

    /// A chunk of a snapshot came.
    mutating func received(_ snapshot: Snapshot) -> [ClientFrame] {
        guard let place = place(of: snapshot.id) else { return [] }
        entries[place].phase = snapshot.more ? .arriving : .standing
        entries[place].reached = max(entries[place].reached ?? .zero, snapshot.seq)
        guard !snapshot.more, entries[place].isWantedOnce else { return [] }
        return remove(snapshot.id)
    }

    /// Instead of a snapshot, what was missed up to a place will come.
    mutating func resumed(_ id: String, to seq: SequenceNumber) {
        guard let place = place(of: id) else { return }
        entries[place].phase = .catchingUp(to: seq)
    }

    /// Patches have come up to a place: all there are for us.
    mutating func reached(_ seq: SequenceNumber) {
        // What was missed comes for one subscription at a time, and says nothing of the others.
        if let place = entries.firstIndex(where: \.isCatchingUp) {
            guard case .catchingUp(let end) = entries[place].phase else { return }
            entries[place].reached = max(entries[place].reached ?? .zero, seq)
            if seq >= end { entries[place].phase = .standing }
            if seq <= end { return }
        }
        for place in entries.indices where entries[place].phase == .standing || entries[place].phase == .arriving {
            entries[place].reached = max(entries[place].reached ?? .zero, seq)
        }
    }

    /// The server refused something: a subscription is forgotten.
    mutating func refused(_ id: String?) {
        guard let place = id.flatMap(place(of:)), entries[place].phase == .asked else { return }
        entries.remove(at: place)
    }
}
