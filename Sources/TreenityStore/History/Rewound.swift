import TreenityProtocol

/// A change that was taken back, with what is needed to do it again: so that the same nodes come, in the same places, with
/// the same stamps.
struct Rewound: Sendable {
    let change: Change
    /// The newest timestamp after the change.
    let newest: Timestamp
    /// Where nodes came or were moved to, the latest first.
    var arrivals: [Arrival] = []
    /// The own stamps of nodes that were written to, the latest first.
    var stamps: [(slot: Int32, stamp: StoredStamp)] = []

    /// A node as a change put it in its place.
    struct Arrival: Sendable {
        let parent: Int32
        let name: NameKey
        let stamp: StoredStamp
        /// Those that it came with; none where it was moved.
        let properties: [PropertyRecord]
    }
}
