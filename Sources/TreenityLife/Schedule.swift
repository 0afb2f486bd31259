/// When the sources of life act: the machine each second, each colleague after a pause for thought.
public struct Schedule: Sendable {
    /// Who acts.
    public enum Actor: Hashable, Sendable {
        /// The probe of the machine.
        case machine
        /// The colleague with this place in the list.
        case colleague(Int)
    }

    private var times: [(actor: Actor, at: Int64)]

    /// Milliseconds between two looks at the machine.
    public static let machinePeriod: Int64 = 1_000
    /// Milliseconds that a colleague thinks.
    public static let pause: ClosedRange<Int64> = 2_000...7_000

    /// A schedule that starts at a moment, in milliseconds of a clock that only goes forward.
    public init(colleagues: Int, start: Int64) {
        times = [(.machine, start)] + (0..<colleagues).map { (.colleague($0), start + 1_500 * Int64($0 + 1)) }
    }

    /// When somebody acts next.
    public var next: Int64 { times.map(\.at).min() ?? .max }

    /// Who acts by now; each of them is due again later.
    public mutating func due(at now: Int64, using random: inout some RandomNumberGenerator) -> [Actor] {
        var due: [Actor] = []
        for place in times.indices where times[place].at <= now {
            due.append(times[place].actor)
            switch times[place].actor {
            case .machine: times[place].at = max(times[place].at + Schedule.machinePeriod, now)
            case .colleague: times[place].at = now + Int64.random(in: Schedule.pause, using: &random)
            }
        }
        return due
    }
}
