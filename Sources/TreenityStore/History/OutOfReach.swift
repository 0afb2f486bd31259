/// A state of the tree that cannot be had.
public struct OutOfReach: Error, Hashable, Sendable, CustomStringConvertible {
    enum Reason: Hashable {
        case forgotten
        case notYet
    }

    private let reason: Reason

    /// The state that was asked for.
    public let position: History.Position

    /// The states that can be had.
    public let reach: ClosedRange<History.Position>

    init(_ reason: Reason, _ position: History.Position, reach: ClosedRange<History.Position>) {
        self.reason = reason
        self.position = position
        self.reach = reach
    }

    /// The way there is forgotten: the history's bound, or a snapshot, lies between.
    public var isForgotten: Bool { reason == .forgotten }

    /// The reason, for a person.
    public var description: String {
        switch reason {
        case .forgotten: "what was there before is no longer remembered"
        case .notYet: "nothing has come after this"
        }
    }
}
