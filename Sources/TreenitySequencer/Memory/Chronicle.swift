import TreenityProtocol

/// The newest events of one kind in the order in which they were admitted, and how far back they are known.
///
/// What is forgotten goes at once or when as much is left as went: up to twice as much is held as is counted.
struct Chronicle<Event: Sendable>: Sendable {
    /// What was admitted, and where in the order.
    struct Entry: Sendable {
        let seq: SequenceNumber
        let event: Event
    }

    /// Those before `start` are forgotten.
    private var entries: [Entry] = []
    private var start = 0
    /// Every event after this place is known.
    private(set) var horizon: SequenceNumber

    /// Nothing has happened since that place.
    init(after horizon: SequenceNumber) {
        self.horizon = horizon
    }

    /// Those events, oldest first.
    var known: ArraySlice<Entry> { entries[start...] }

    /// How many events are known.
    var count: Int { entries.count - start }

    /// The known events after a place, oldest first. O(log of their number), O(1) where there are none.
    func events(after seq: SequenceNumber) -> ArraySlice<Entry> {
        var low = start
        var high = entries.count
        guard let last = entries.last, last.seq > seq else { return entries[high...] }
        while low < high {
            let middle = low + (high - low) / 2
            if entries[middle].seq > seq { high = middle } else { low = middle + 1 }
        }
        return entries[low...]
    }

    /// - Precondition: nothing later is known.
    mutating func append(_ event: Event, at seq: SequenceNumber) {
        entries.append(Entry(seq: seq, event: event))
    }

    /// What came after a place has not happened.
    mutating func takeBack(after seq: SequenceNumber) {
        while count > 0, let last = entries.last, last.seq > seq { entries.removeLast() }
    }

    /// Forgets the oldest event. O(1) on average.
    ///
    /// - Precondition: there is one.
    @discardableResult
    mutating func forgetOldest() -> Event {
        let oldest = entries[start]
        horizon = oldest.seq
        start += 1
        if start * 2 >= entries.count {
            entries.removeSubrange(..<start)
            start = 0
        }
        return oldest.event
    }

    /// Forgets the oldest beyond so many.
    mutating func keep(newest capacity: Int) {
        while count > capacity { forgetOldest() }
    }
}
