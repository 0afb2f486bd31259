import TreenityProtocol
import TreenitySequencer

/// The verdicts that tasks of this process wait for.
struct AwaitedVerdicts {
    typealias Verdicts = [Result<Answer, Refusal>]

    /// Several, waited for together.
    private struct Group {
        var verdicts: [Result<Answer, Refusal>?]
        var missing: Int
        let continuation: CheckedContinuation<Verdicts, Never>
    }

    /// Each ticket's group, which is known by its first ticket, and its place there.
    private var places: [UInt64: (group: UInt64, index: Int)] = [:]
    private var groups: [UInt64: Group] = [:]

    /// - Precondition: there is at least one ticket.
    mutating func add(_ tickets: [UInt64], _ continuation: CheckedContinuation<Verdicts, Never>) {
        let group = tickets[0]
        for (index, ticket) in tickets.enumerated() { places[ticket] = (group, index) }
        groups[group] = Group(
            verdicts: Array(repeating: nil, count: tickets.count), missing: tickets.count, continuation: continuation)
    }

    mutating func note(_ verdict: Result<Answer, Refusal>, on ticket: UInt64) {
        guard let (id, index) = places.removeValue(forKey: ticket), var group = groups[id] else { return }
        group.verdicts[index] = verdict
        group.missing -= 1
        groups[id] = group.missing == 0 ? nil : group
        if group.missing == 0 { group.continuation.resume(returning: group.verdicts.compactMap { $0 }) }
    }

    /// Nothing is decided any more.
    mutating func giveUp() {
        for group in groups.values {
            group.continuation.resume(
                returning: group.verdicts.map { $0 ?? .failure(.notWritten("the server has stopped")) })
        }
        self = AwaitedVerdicts()
    }
}
