import TreenityProtocol

extension SessionEvent: Waitable {
    /// Patches, nodes of snapshots and other events, by number.
    var weight: Int {
        switch self {
        case .patches(let patches): patches.count
        case .snapshot(let snapshot): snapshot.nodes.count
        case .history(_, let patches, _): patches.count
        case .found(_, let paths, _): paths.count
        case .state, .resumed, .tree, .reached, .acknowledged, .refused, .result, .presence, .latency, .problem: 1
        }
    }

    /// Patches that come one after the other wait as one event.
    mutating func absorb(_ next: SessionEvent) -> Bool {
        guard case .patches(let more) = next, case .patches(var patches) = self else { return false }
        // Let go of first, so that the array grows in place.
        self = .patches([])
        patches += more
        self = .patches(patches)
        return true
    }
}
