import TreenityLog
import TreenityProtocol
import TreenitySequencer

/// What follows from what came.
struct Reaction: Sendable {
    /// To be sent, in this order.
    var deliveries: [Delivery] = []
    /// To be written down, in this order; they come back to be decided on.
    var submissions: [LogEntry] = []
    /// The verdicts for which the server itself waits, by their tickets.
    var verdicts: [(ticket: UInt64, Result<Answer, Refusal>)] = []
    /// Actions to be run.
    var executions: [Execution] = []
    /// For the archive, in order.
    var archived: [ArchivedPatch] = []
    /// What was decided.
    var tally = Tally()
    /// What a peer that takes no answers is not told.
    var unanswered: [Refusal] = []
    /// Who looks where has changed.
    var movesPresence = false
}
