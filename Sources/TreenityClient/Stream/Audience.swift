import TreenityProtocol

/// The streams that share a socket, and the subscriptions that serve them: as few as cover all, none within another.
struct Audience: Sendable {
    /// A stream.
    struct Member: Sendable {
        var path: TreePath
        var depth: Int?
        /// Whether all that it is for has come once.
        var isLoaded = false
    }

    /// What is to be asked for or given up.
    struct Wishes: Hashable, Sendable {
        var subscribe: Subscription?
        var fetch: Fetch?
        var unsubscribe: [String] = []
    }

    private struct Cover: Sendable {
        var id: String
        var path: TreePath
        var depth: Int?
        /// Whether its snapshot has come.
        var isComplete = false

        var subscription: Subscription { Subscription(id: id, path: path, depth: depth) }

        func isEnough(for path: TreePath, _ depth: Int?) -> Bool {
            guard let own = self.depth else { return true }
            guard let depth else { return false }
            return self.path.depth + own >= path.depth + depth
        }
    }

    private(set) var members: [Int: Member] = [:]
    private var covers: [Cover] = []
    /// Whether a bare connection has brought all there is.
    private(set) var isWhole = false
    /// Which streams what is wanted beside them is for.
    private var fetching: [String: Int] = [:]
    private var count = 0

    // MARK: Streams

    /// A stream begins.
    mutating func add(_ stream: Int, _ path: TreePath, depth: Int?) -> Wishes {
        members[stream] = Member(path: path, depth: depth)
        if let cover = covers.first(where: { path.isWithin($0.path) }) {
            guard !isWhole, !cover.isEnough(for: path, depth) else {
                members[stream]?.isLoaded = isWhole || cover.isComplete
                return Wishes()
            }
            return Wishes(fetch: fetch(path, depth, for: stream))
        }
        let within = covers.filter { $0.path.isWithin(path) }
        covers.removeAll { $0.path.isWithin(path) }
        let cover = Cover(id: makeID(), path: path, depth: depth)
        covers.append(cover)
        members[stream]?.isLoaded = isWhole
        return Wishes(subscribe: cover.subscription, unsubscribe: within.map(\.id))
    }

    /// A stream ends. What covers no other is given up.
    ///
    /// - Returns: the subscription that ends with it.
    mutating func remove(_ stream: Int) -> Subscription? {
        guard let member = members.removeValue(forKey: stream),
            let place = covers.firstIndex(where: { member.path.isWithin($0.path) }),
            !members.values.contains(where: { $0.path.isWithin(covers[place].path) })
        else { return nil }
        return covers.remove(at: place).subscription
    }

    var isEmpty: Bool { members.isEmpty }

    private mutating func makeID() -> String {
        count += 1
        return "s\(count)"
    }

    private mutating func fetch(_ path: TreePath, _ depth: Int?, for stream: Int) -> Fetch {
        let fetch = Fetch(id: makeID(), path: path, depth: depth)
        fetching[fetch.id] = stream
        return fetch
    }

    // MARK: Snapshots

    /// The subscription of a snapshot that brings what is not brought by another; `nil`: it only brings more.
    func cover(of id: String) -> Subscription? { covers.first { $0.id == id }?.subscription }

    /// A snapshot is complete.
    ///
    /// - Returns: the streams that now have all that they are for, and what is still to be asked for on behalf of others.
    mutating func completed(_ id: String) -> (streams: [Int], fetch: [Fetch]) {
        if let stream = fetching.removeValue(forKey: id) {
            members[stream]?.isLoaded = true
            return ([stream], [])
        }
        guard let place = covers.firstIndex(where: { $0.id == id }) else { return ([], []) }
        covers[place].isComplete = true
        let cover = covers[place]
        var streams: [Int] = []
        var missing: [Fetch] = []
        for (stream, member) in members.sorted(by: { $0.key < $1.key }) where member.path.isWithin(cover.path) {
            if cover.isEnough(for: member.path, member.depth) {
                members[stream]?.isLoaded = true
                streams.append(stream)
            } else if !fetching.values.contains(stream) {
                missing.append(fetch(member.path, member.depth, for: stream))
            }
        }
        return (streams, missing)
    }

    /// The server refuses a subscription: those whom it served.
    mutating func refused(_ id: String) -> [Int] {
        if let stream = fetching.removeValue(forKey: id) { return [stream] }
        guard let place = covers.firstIndex(where: { $0.id == id }) else { return [] }
        let path = covers.remove(at: place).path
        return members.filter { $0.value.path.isWithin(path) }.keys.sorted()
    }

    /// All snapshots have to come anew.
    var subscriptions: [Subscription] { covers.map(\.subscription) }

    /// A bare connection has brought all there is.
    ///
    /// - Returns: the streams that had nothing before.
    mutating func loadedAll() -> [Int] {
        let streams = members.filter { !$0.value.isLoaded }.keys.sorted()
        for stream in streams { members[stream]?.isLoaded = true }
        fetching = [:]
        isWhole = true
        return streams
    }

    /// From now on the tree comes by subscriptions.
    mutating func sessionBegan() { isWhole = false }

    /// Whether what is at a path is known as far as a stream was to know it.
    func isLoaded(_ path: TreePath) -> Bool {
        members.values.contains { $0.isLoaded && path.isWithin($0.path) }
    }
}
