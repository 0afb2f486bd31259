public import TreenityProtocol

/// What makes a tree live: a machine that is watched, and people who work. Says who acts when, and with which patches;
/// reads no clock and keeps no tree.
///
/// The machine is looked at each second; each colleague acts every two to seven seconds.
public struct Life: Sendable {
    private var machine: Machine?
    private var people: [Person]

    /// What happens at one moment.
    public struct Moment: Hashable, Sendable {
        /// What to do to the tree, in this order.
        public var patches: [Patch]
        /// When to step again; not later than now where someone else waits to act.
        public var nextWake: ContinuousClock.Instant
    }

    fileprivate struct Machine: Sendable {
        var probe: MachineProbe
        var due: ContinuousClock.Instant?
        var looks = 0

        /// Each so many looks begin with what the tree really holds.
        static let looksBetweenChecks = 30
    }

    fileprivate struct Person: Sendable {
        let colleague: Colleague
        var due: ContinuousClock.Instant?
    }

    /// The life of a machine, if any, and of these people.
    public init(machine: MachineProbe?, colleagues: [Colleague] = Colleague.all) {
        self.machine = machine.map { Machine(probe: $0) }
        people = colleagues.map { Person(colleague: $0) }
    }

    /// What happens now. Who is late acts once, and does not catch up. At most one colleague acts in a step, so that the
    /// next one sees what was done.
    ///
    /// - Parameters:
    ///   - now: a moment of the clock by which ``Moment/nextWake`` is meant.
    ///   - timestamp: what the patches are stamped with.
    ///   - tree: what is at a path now; `nil`: nothing.
    public mutating func step(
        at now: ContinuousClock.Instant, timestamp: Timestamp, using generator: inout some RandomNumberGenerator,
        reading tree: (TreePath) -> JSONValue?
    ) -> Moment {
        var patches = machine?.look(at: now, timestamp: timestamp, reading: tree) ?? []
        if let index = people.indices.first(where: { people[$0].isDue(at: now) }) {
            let patch = people[index].colleague.nextPatch(at: timestamp, using: &generator, reading: tree)
            people[index].due = nil
            if let patch { patches.append(patch) }
        }
        for index in people.indices where people[index].due == nil {
            people[index].due = now + .milliseconds(Int64.random(in: 2_000...7_000, using: &generator))
        }
        let wakes = people.compactMap(\.due) + [machine?.due].compactMap(\.self)
        return Moment(patches: patches, nextWake: wakes.min() ?? now + .seconds(3_600))
    }
}

extension Life.Person {
    fileprivate func isDue(at now: ContinuousClock.Instant) -> Bool { due.map { $0 <= now } ?? false }
}

extension Life.Machine {
    /// What changed, where a look is due.
    fileprivate mutating func look(
        at now: ContinuousClock.Instant, timestamp: Timestamp, reading tree: (TreePath) -> JSONValue?
    ) -> [Patch] {
        if let due, due > now { return [] }
        if looks % Life.Machine.looksBetweenChecks == 0 { probe.resume(from: tree(probe.path)) }
        looks += 1
        // On the second where it was on time; never twice at once where it was late.
        let next = (due ?? now) + .seconds(1)
        due = next > now ? next : now + .seconds(1)
        return probe.sample(at: now, timestamp: timestamp)
    }
}
