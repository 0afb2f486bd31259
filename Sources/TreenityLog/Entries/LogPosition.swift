/// A place in a log. Later entries have larger ones; there may be gaps.
public struct LogPosition: Hashable, Comparable, Sendable {
    /// The place.
    public var number: Int64

    /// The place `number`.
    public init(_ number: Int64) {
        self.number = number
    }

    /// Before the first entry.
    public static let zero = LogPosition(0)

    /// The place right after this one.
    public var next: LogPosition { LogPosition(number + 1) }

    /// The earlier place is the smaller.
    public static func < (one: LogPosition, other: LogPosition) -> Bool { one.number < other.number }
}
