import TreenityProtocol

/// How the feed tells when a patch came.
public enum TimeFormat: String, Sendable, CaseIterable {
    /// The time of day, to the millisecond where there is room.
    case clock
    /// The time of day to the millisecond.
    case precise
    /// How long ago that is.
    case relative = "ages"

    /// The time in a pane of that width; all of one width.
    func text(_ time: Timestamp, now: Timestamp, offset: Int64, columns: Int) -> String {
        switch self {
        case .clock where columns < 100: return Human.time(time, offset: offset)
        case .clock, .precise: return Human.preciseTime(time, offset: offset)
        case .relative:
            let age = Human.age(from: time, to: now)
            return String(repeating: " ", count: max(0, 4 - age.count)) + age
        }
    }
}
