import TreenityProtocol
import TreenitySequencer
import TreenityStore

/// What a client sends.
enum Request {
    case patch(Patch)
    case batch(id: String, [Patch])
}

/// What the server sends.
enum Message {
    /// What came of one request, in one frame.
    case patches([Patch])
    case acknowledged(id: String, Answer)
    case refused(id: String)
    case snapshot(Snapshot)
}

/// A server with one order for all: what its sequencer admits is sent to everyone.
struct SimulatedServer {
    private(set) var sequencer = Sequencer(tree: Replica(), epoch: "e")
    /// What was admitted, a list a request.
    private(set) var order: [[Patch]] = []
    /// The tree after each of these.
    private(set) var trees: [SequenceNumber: Replica] = [.zero: Replica()]
    /// The `id`s of what was taken and changed nothing, and of batches.
    private(set) var outOfOrder: Set<String> = []

    var welcome: Welcome {
        Welcome(
            session: "s", user: "local", epoch: sequencer.epoch, seq: sequencer.seq, time: Timestamp(milliseconds: 0),
            maximumMessageBytes: 1 << 20, maximumBatch: 100)
    }

    /// What goes to everyone, and the answer to the sender.
    mutating func decide(_ request: Request, from user: String, now: Timestamp) -> (sent: [Patch], answer: Message?) {
        let (verdict, id) = sequencer.decide(request, from: user, now: now)
        if case .batch(let id, _) = request { outOfOrder.insert(id) }
        if case .nothing = verdict, let id { outOfOrder.insert(id) }
        switch verdict {
        case .admitted(let admissions, let answer):
            order.append(admissions.map(\.patch))
            trees[sequencer.seq] = sequencer.tree
            return (admissions.map(\.patch), id.map { .acknowledged(id: $0, answer) })
        case .nothing(let answer), .repeated(let answer):
            return ([], id.map { .acknowledged(id: $0, answer) })
        case .refused:
            return ([], id.map { .refused(id: $0) })
        }
    }

    /// All after a place, as it was sent.
    func missed(since seq: SequenceNumber) -> [Message] {
        order.map { $0.filter { $0.seq ?? .zero > seq } }.filter { !$0.isEmpty }.map(Message.patches)
    }

    /// The whole tree, in chunks of so many nodes.
    func snapshot(chunk size: Int) -> [Message] {
        let nodes = Array(sequencer.tree.snapshotNodes(of: sequencer.tree.root))
        return stride(from: 0, to: nodes.count, by: size).map { start in
            let end = min(start + size, nodes.count)
            return .snapshot(
                Snapshot(
                    id: "s", path: .root, seq: sequencer.seq, nodes: Array(nodes[start..<end]),
                    more: end < nodes.count))
        }
    }
}

extension Sequencer {
    /// Decides on what a client sent.
    mutating func decide(_ request: Request, from user: String, now: Timestamp) -> (Verdict, id: String?) {
        let sender = Sender(user: user)
        switch request {
        case .patch(let patch): return (admit(patch, from: sender, now: now), patch.id)
        case .batch(let id, let patches): return (admit(batch: patches, id: id, from: sender, now: now), id)
        }
    }
}
