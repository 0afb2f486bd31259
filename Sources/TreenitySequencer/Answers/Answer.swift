public import TreenityProtocol

/// What the server says to a patch or batch that it took.
public struct Answer: Hashable, Sendable {
    /// Its place in the order; a batch's last; the current one where nothing took effect.
    public var seq: SequenceNumber
    /// The timestamp that it was given; a batch's last.
    public var timestamp: Timestamp
    /// Escaped paths, relative to the patch's, of the leaves that were older than what is there; after the patch's index
    /// in a batch.
    public var superseded: [String]

    /// An answer of these parts.
    public init(seq: SequenceNumber, timestamp: Timestamp, superseded: [String] = []) {
        self.seq = seq
        self.timestamp = timestamp
        self.superseded = superseded
    }
}
