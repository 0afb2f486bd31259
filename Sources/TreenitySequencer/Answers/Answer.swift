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
    /// How far the action of an `EXECUTE` has come; `nil`: it was none.
    public var execution: Execution?

    /// What is known of an action that was run.
    public enum Execution: Hashable, Sendable {
        /// It was begun.
        case running
        /// It gave this.
        case finished(JSONValue)
    }

    /// An answer of these parts.
    public init(
        seq: SequenceNumber, timestamp: Timestamp, superseded: [String] = [], execution: Execution? = nil
    ) {
        self.seq = seq
        self.timestamp = timestamp
        self.superseded = superseded
        self.execution = execution
    }
}

extension Answer {
    /// The bytes that it holds beside its own.
    var bytesApart: Int {
        if case .finished(let value) = execution { value.text.utf8.count } else { 0 }
    }
}
