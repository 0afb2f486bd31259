import TreenityProtocol
import TreenitySequencer

extension Answer {
    /// The answer as the frame for whoever sent the patch or batch with this `id`.
    func acknowledgement(of id: String) -> ServerFrame {
        .ack(Acknowledgement(id: id, seq: seq, timestamp: timestamp, superseded: superseded))
    }
}
