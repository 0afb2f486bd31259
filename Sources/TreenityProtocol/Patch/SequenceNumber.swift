/// A place in a server's total order of patches: from 1, without gaps; 0 is before the first.
public struct SequenceNumber: Hashable, Comparable, Sendable {
    /// The place.
    public var value: Int64

    /// The place `value`.
    public init(_ value: Int64) {
        self.value = value
    }

    /// Before the first patch.
    public static let zero = SequenceNumber(0)

    /// The place after this one; the last place that a number can name is followed by itself.
    public var next: SequenceNumber { SequenceNumber(min(value, .max - 1) + 1) }

    /// The earlier place is the smaller.
    public static func < (one: SequenceNumber, other: SequenceNumber) -> Bool { one.value < other.value }
}
