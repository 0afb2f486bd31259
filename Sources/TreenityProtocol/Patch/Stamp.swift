/// When and by whom a value was written: what decides between competing values of one property.
public struct Stamp: Hashable, Comparable, Sendable {
    /// When.
    public var timestamp: Timestamp
    /// `meta.user` of the patch, else the empty string.
    public var sender: String

    /// A stamp of these parts.
    public init(timestamp: Timestamp, sender: String) {
        self.timestamp = timestamp
        self.sender = sender
    }

    /// The same moment, and a sender whose name is the same byte for byte.
    public static func == (one: Stamp, other: Stamp) -> Bool {
        one.timestamp == other.timestamp && one.sender.hasSameBytes(as: other.sender)
    }

    /// Hashes the moment and the bytes of the name.
    public func hash(into hasher: inout Hasher) {
        hasher.combine(timestamp)
        sender.hashBytes(into: &hasher)
    }

    /// The earlier is the smaller; at one moment, the sender whose name is smaller byte for byte.
    public static func < (one: Stamp, other: Stamp) -> Bool {
        guard one.timestamp == other.timestamp else { return one.timestamp < other.timestamp }
        return one.sender.precedesInBytes(other.sender)
    }
}
