import TreenityProtocol

/// What waits for the consumer of a stream. Patches that come one after the other wait as one event.
struct Backlog: Sendable {
    private var events: [StreamEvent] = []
    private var weight = 0
    private(set) var isFinished = false

    /// How much may wait before the socket is no longer read: patches, nodes of snapshots, and other events.
    static let limit = 16_384

    /// Whether more may be read.
    var hasRoom: Bool { weight < Backlog.limit }

    mutating func add(_ more: [StreamEvent]) {
        for event in more { add(event) }
    }

    private mutating func add(_ event: StreamEvent) {
        switch event {
        case .patches(let patches):
            weight += patches.count
            guard case .patches(var waiting)? = events.last else { break }
            // Taken out first, so that the array grows in place.
            events.removeLast()
            waiting += patches
            events.append(.patches(waiting))
            return
        case .snapshot(let snapshot): weight += snapshot.nodes.count
        case .state, .tree, .acknowledged, .refused, .latency, .frame, .problem: weight += 1
        }
        events.append(event)
    }

    mutating func finish() {
        isFinished = true
    }

    /// All that waits; `nil` where nothing does.
    mutating func takeAll() -> [StreamEvent]? {
        guard !events.isEmpty else { return nil }
        defer {
            events = []
            weight = 0
        }
        return events
    }
}
