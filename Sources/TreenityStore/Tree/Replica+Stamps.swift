import TreenityProtocol

extension Replica {
    func stamp(_ stored: StoredStamp) -> Stamp {
        Stamp(timestamp: Timestamp(milliseconds: stored.timestamp), sender: senders[stored.sender])
    }

    mutating func stored(_ stamp: Stamp) -> StoredStamp {
        StoredStamp(timestamp: stamp.timestamp.milliseconds, sender: senderNumber(stamp.sender))
    }

    mutating func senderNumber(_ name: String) -> UInt32 { min(senders.intern(name), StoredStamp.largestSender) }

    /// Whether one stamp is before another; at one moment, the one whose sender's name is smaller byte for byte.
    @inline(__always)
    func isOlder(_ one: StoredStamp, than other: StoredStamp) -> Bool {
        if one.timestamp != other.timestamp { return one.timestamp < other.timestamp }
        return one.sender != other.sender
            && senders[one.sender].utf8.lexicographicallyPrecedes(senders[other.sender].utf8)
    }

    func later(_ one: StoredStamp, _ other: StoredStamp) -> StoredStamp { isOlder(one, than: other) ? other : one }
}
