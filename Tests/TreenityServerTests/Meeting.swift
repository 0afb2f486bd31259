import TreenityLog
import TreenityProtocol
import TreenitySequencer
import TreenityStore

@testable import TreenityServer

/// An exchange with a log that gives back at once what is written down.
struct Meeting {
    static let now = Timestamp(milliseconds: 1_000)

    var exchange: Exchange
    /// What would be written down next; see ``holdsBack``.
    var waiting: [LogEntry] = []
    /// The log is slow: what is written down stays in ``waiting``.
    var holdsBack = false

    init(
        _ document: String, limits: Limits = Limits(), seq: Int64 = 0,
        actions: @escaping @Sendable (TreePath) -> Bool = { _ in false }
    ) throws {
        let tree = try Import(JSONValue(parsing: document)).tree
        let sequencer = Sequencer(tree: tree, epoch: "epoch", seq: SequenceNumber(seq))
        exchange = Exchange(Ledger(sequencer), limits: limits, server: 7, actions: actions)
    }

    mutating func connect(
        _ dialect: Session.Dialect, _ name: String = "s", user: String? = nil, rights: Rights = .all
    ) -> SessionID {
        exchange.connect(Session(dialect, name: name, user: user, rights: rights), now: Meeting.now).id
    }

    /// A session that has got its greeting and snapshot.
    mutating func subscriber(
        to path: TreePath, _ name: String = "s", user: String? = nil, rights: Rights = .all
    ) -> SessionID {
        let id = connect(.frames, name, user: user, rights: rights)
        _ = receive([.success(.subscribe(Subscription(id: "1", path: path)))], from: id)
        return id
    }

    /// What follows from frames, with what follows from their being written down.
    mutating func receive(_ frames: [Result<ClientFrame, FrameError>], from id: SessionID) -> Reaction {
        pass(exchange.receive(frames, from: id, now: Meeting.now))
    }

    mutating func send(_ frames: ClientFrame..., from id: SessionID) async -> [Int: [ServerFrame]] {
        await receive(frames.map { .success($0) }, from: id).sent
    }

    /// The log gives what was held back.
    mutating func release() -> Reaction {
        holdsBack = false
        return pass(Reaction())
    }

    /// Has written down what a reaction says, and adds what follows.
    mutating func pass(_ reaction: Reaction) -> Reaction {
        waiting += reaction.submissions
        guard !holdsBack, !waiting.isEmpty else { return reaction }
        let first = exchange.ledger.position.number + 1
        let placed = zip(waiting, first...).map { PlacedEntry($0, at: LogPosition($1)) }
        waiting = []
        return reaction + exchange.read(placed, now: Meeting.now)
    }
}

extension Reaction {
    static func + (one: Reaction, other: Reaction) -> Reaction {
        var sum = one
        sum.deliveries += other.deliveries
        sum.verdicts += other.verdicts
        sum.executions += other.executions
        sum.archived += other.archived
        sum.unanswered += other.unanswered
        sum.movesPresence = one.movesPresence || other.movesPresence
        return sum
    }

    /// What goes to whom, by the number of the session.
    var sent: [Int: [ServerFrame]] {
        get async { await deliveries.sent }
    }
}

extension [Delivery] {
    var sent: [Int: [ServerFrame]] {
        get async {
            var sent: [Int: [ServerFrame]] = [:]
            for delivery in self {
                for recipient in delivery.recipients {
                    sent[recipient.number, default: []] += await delivery.content.frames
                }
            }
            return sent
        }
    }
}

extension Delivery.Content {
    var frames: [ServerFrame] {
        get async {
            switch self {
            case .frames(let frames): return frames
            case .made(let source): return await source.frames
            case .history(let query, let view, let limit):
                return [.found(id: "\(query.id) \(limit)", paths: view.tops, more: false)]
            }
        }
    }
}

extension FrameSource {
    /// All its frames.
    var frames: [ServerFrame] {
        get async {
            var frames: [ServerFrame] = []
            await write { frame throws(Never) in frames.append(frame) }
            return frames
        }
    }
}

/// Each frame in a line.
func brief(_ frames: [ServerFrame]?) -> [String] {
    (frames ?? []).map { frame in
        switch frame {
        case .patch(let patch): "\(patch.operation.name) \(patch.path) #\(patch.seq?.value ?? 0)"
        case .batch(let patches): "BATCH " + patches.map { "\($0.path) #\($0.seq?.value ?? 0)" }.joined(separator: " ")
        case .ack(let answer): "ACK \(answer.id) #\(answer.seq.value)"
        case .error(let id, let refusal): "ERROR \(id ?? "-") \(refusal.code.rawValue) \(refusal.index ?? -1)"
        case .snapshot(let snapshot): "SNAPSHOT \(snapshot.id) #\(snapshot.seq.value) \(snapshot.nodes.count)"
        case .found(_, let paths, let more): "FOUND \(paths.map(\.text)) \(more)"
        case .presence(let all): "PRESENCE \(all.map { "\($0.session) \($0.user) \($0.path?.text ?? "-")" })"
        case .welcome(let welcome): "WELCOME \(welcome.session) \(welcome.epoch) #\(welcome.seq.value)"
        case .resumed(let id, let from, let seq): "RESUMED \(id) #\(from.value) #\(seq.value)"
        case .at(let seq): "AT #\(seq.value)"
        case .result(let id, let value): "RESULT \(id) \(value.text)"
        case .history: "HISTORY"
        }
    }
}
