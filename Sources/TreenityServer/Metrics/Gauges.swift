import TreenityProtocol
import TreenityStore

/// What is, at a moment.
struct Gauges: Hashable, Sendable {
    var seq = SequenceNumber.zero
    var nodes = 1
    var sessions = 0
    var bareConnections = 0
    var subscriptions = 0
    /// What waits to be written down, to come into the archive, to be run.
    var waitingEntries = 0
    var waitingArchive = 0
    var waitingActions = 0
}

extension Hub {
    /// What is now.
    var gauges: Gauges {
        let sessions = self.sessions
        return Gauges(
            seq: state.seq, nodes: state.tree.nodeCount, sessions: sessions.count { $0.dialect == .frames },
            bareConnections: sessions.count { $0.dialect == .bare },
            subscriptions: sessions.reduce(0) { $0 + $1.subscriptions.count }, waitingEntries: submissions.outstanding,
            waitingArchive: archived.outstanding, waitingActions: executions.outstanding)
    }
}
