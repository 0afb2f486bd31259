import TreenityProtocol
import TreenitySequencer

extension Answer {
    /// The answer as the frame for whoever sent the patch or batch with this `id`.
    func frame(for id: String) -> ServerFrame {
        switch execution {
        case .finished(let value): .result(id: id, value: value)
        case .running: .error(id: id, .unknownEnd)
        case nil: .ack(Acknowledgement(id: id, seq: seq, timestamp: timestamp, superseded: superseded))
        }
    }
}

extension Refusal {
    /// An action was begun that this server knows nothing more of.
    static let unknownEnd = Refusal(
        .actionFailed, "the action was begun before the server was started again: how it ended is not known")

    /// Something could not be written down.
    static func notWritten(_ reason: String) -> Refusal {
        Refusal(.unavailable, "nothing can be written now: \(reason); try again later")
    }
}
