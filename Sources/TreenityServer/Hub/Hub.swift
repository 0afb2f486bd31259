import Logging
import NIOCore
import TreenityLog
import TreenityProtocol
import TreenitySequencer
import TreenityStore

/// Where all connections meet: lets the ``Exchange`` decide, has written down what it says, and puts what follows into the
/// peers' boxes.
actor Hub {
    /// Where it works.
    nonisolated let eventLoop: any EventLoop
    private let executor: any SerialExecutor
    nonisolated var unownedExecutor: UnownedSerialExecutor { executor.asUnownedSerialExecutor() }

    private var exchange: Exchange
    private var outboxes: [SessionID: Outbox] = [:]
    private var randomness: any RandomNumberGenerator & Sendable
    private let clock: @Sendable () -> Timestamp
    private let logger: Logger

    /// What is to be written down, taken by one who does it.
    nonisolated let submissions = Pile<LogEntry>()
    /// For the archive.
    nonisolated let archived = Pile<ArchivedPatch>()
    /// Actions to be run.
    nonisolated let executions = Pile<Execution>()
    /// Of peers for whom there is something that is made at their pace, and nobody yet who writes it.
    nonisolated let paced = Pile<Outbox>()
    private let archive: any PatchArchive
    nonisolated let metrics: Metrics

    /// Yields when somebody has begun to look elsewhere; what was not taken yet is one.
    nonisolated let presenceMoves: AsyncStream<Void>
    private let presenceMoved: AsyncStream<Void>.Continuation

    /// Who of this process waits for verdicts; and which sessions wait until some of theirs are decided.
    private var awaited = AwaitedVerdicts()
    private var readers: [SessionID: CheckedContinuation<Void, Never>] = [:]
    /// Who waits until a place of the log was read.
    private var followers: [(position: LogPosition, continuation: CheckedContinuation<Void, Never>)] = []
    private var isSettling = false
    private var hasStopped = false
    /// Why nothing could be written down, the last time that was tried.
    private(set) var problem: String?

    /// Yields when the order has come further; what was not taken yet is one.
    nonisolated let progress: AsyncStream<Void>
    private let progressed: AsyncStream<Void>.Continuation

    init(
        _ exchange: Exchange, archive: any PatchArchive, metrics: Metrics, clock: @escaping @Sendable () -> Timestamp,
        randomness: any RandomNumberGenerator & Sendable, on eventLoop: any EventLoop, logger: Logger
    ) {
        self.eventLoop = eventLoop
        executor = eventLoop.executor
        self.exchange = exchange
        self.archive = archive
        self.metrics = metrics
        self.clock = clock
        self.randomness = randomness
        self.logger = logger
        (presenceMoves, presenceMoved) = AsyncStream.makeStream(bufferingPolicy: .bufferingNewest(1))
        (progress, progressed) = AsyncStream.makeStream(bufferingPolicy: .bufferingNewest(1))
    }

    // MARK: Connections

    /// A connection stands; all for it goes into the box from here on.
    ///
    /// - Parameter identity: whose it is; `nil`: of one of those who need not prove who they are.
    func connect(_ dialect: Session.Dialect, _ identity: Identity?, _ outbox: Outbox) -> SessionID {
        let session = Session(
            dialect, name: randomness.token(), user: identity?.user, rights: identity?.rights ?? .all)
        let (id, reaction) = exchange.connect(session, now: clock())
        outboxes[id] = outbox
        perform(reaction)
        return id
    }

    /// Handles what one connection sent at once. Suspends while it has too many proposals that are not decided.
    func receive(_ frames: [Result<ClientFrame, FrameError>], from id: SessionID) async {
        guard !isSettling else { return }
        perform(exchange.receive(frames, from: id, now: clock()))
        guard exchange.isFull(id), readers[id] == nil, !hasStopped else { return }
        await withCheckedContinuation { readers[id] = $0 }
    }

    /// A connection has ended, or its peer was cut off.
    func disconnect(_ id: SessionID) {
        outboxes[id] = nil
        perform(exchange.disconnect(id))
        readers.removeValue(forKey: id)?.resume()
    }

    /// A peer was cut off, because it did not keep up.
    nonisolated func noteCutOff() { metrics.cutOff() }

    /// How many connections take part.
    var connectionCount: Int { outboxes.count }

    /// The connections that take part.
    var sessions: [Session] { Array(exchange.sessions.values) }

    /// Tells every session who looks where.
    func broadcastPresence() {
        send(exchange.presences())
    }

    /// Tells those who were sent nothing of late how far the order has come.
    func broadcastProgress() {
        send(exchange.tellProgress())
    }

    // MARK: The log

    /// Reads what stands in the log next. Returns the checkpoint that was come by, for the log to keep.
    func read(_ entries: [PlacedEntry]) -> Ledger.Checkpoint? {
        problem = nil
        let reaction = exchange.read(entries, now: clock())
        perform(reaction)
        metrics.decided(reaction.tally)
        if !reaction.archived.isEmpty { progressed.yield() }
        resumeReaders()
        resumeFollowers()
        return exchange.ledger.takeCheckpoint()
    }

    /// These could not be written down.
    func fail(_ entries: [LogEntry], because reason: String) {
        problem = reason
        perform(exchange.fail(entries, because: reason, now: clock()))
        resumeReaders()
    }

    /// The place of the last entry read.
    var position: LogPosition { exchange.ledger.position }

    /// Returns when what stands in the log up to a place has been read.
    func hasRead(upTo position: LogPosition) async {
        guard self.position < position, !hasStopped else { return }
        await withCheckedContinuation { followers.append((position, $0)) }
    }

    private func resumeFollowers() {
        for follower in followers where follower.position <= position { follower.continuation.resume() }
        followers.removeAll { $0.position <= position }
    }

    /// Takes nothing more from the connections. Returns when what they proposed is written down.
    func settle() async {
        isSettling = true
        await submissions.wait(untilAtMost: 0)
    }

    /// Nothing is decided on any more: nobody waits for that longer.
    func stop() {
        hasStopped = true
        submissions.close()
        archived.close()
        executions.close()
        paced.close()
        awaited.giveUp()
        followers.forEach { $0.continuation.resume() }
        followers = []
        readers.values.forEach { $0.resume() }
        readers = [:]
    }

    private func resumeReaders() {
        for id in readers.keys where !exchange.isFull(id) { readers.removeValue(forKey: id)?.resume() }
    }

    // MARK: Inside of the server

    /// Has patches decided on, each alone. Returns when all are.
    func submit(_ patches: [Patch], user: String) async -> [Result<Answer, Refusal>] {
        guard !patches.isEmpty else { return [] }
        guard !hasStopped else { return patches.map { _ in .failure(.notWritten("the server has stopped")) } }
        let (entries, tickets) = exchange.submit(patches, user: user, now: clock())
        return await withCheckedContinuation { continuation in
            awaited.add(tickets, continuation)
            submissions.add(entries)
        }
    }

    /// An action has ended.
    func complete(_ completion: Completion, from sender: Sender) {
        submissions.add([exchange.complete(completion, from: sender, now: clock())])
    }

    /// The tree as it is, and the place in the order that it is true for. O(1): it shares the storage.
    var state: (tree: Replica, seq: SequenceNumber) { (exchange.tree, exchange.seq) }

    // MARK: Effects

    private func perform(_ reaction: Reaction) {
        // An answer out of the archive waits for what is on its way there.
        archived.add(reaction.archived)
        send(reaction.deliveries)
        submissions.add(reaction.submissions)
        executions.add(reaction.executions)
        for (ticket, result) in reaction.verdicts { awaited.note(result, on: ticket) }
        if reaction.movesPresence { presenceMoved.yield() }
        for refusal in reaction.unanswered {
            logger.debug("a patch on a bare connection was refused", metadata: ["reason": "\(refusal)"])
        }
    }

    /// Encodes once for all recipients.
    private func post(_ delivery: Delivery, _ posting: inout Posting) {
        switch delivery.content {
        case .made(let source): post(source, to: delivery.recipients, &posting)
        case .history(let query, let view, let limit):
            let source = HistorySource(query, view, limit: limit, of: archive, behind: archived)
            post(source, to: delivery.recipients, &posting)
        case .frames(let frames):
            var packed = PackedFrames(frames.map { $0.encoded() })
            for id in delivery.recipients {
                guard let box = outboxes[id] else { continue }
                let frames = packed.frames(box.deflation)
                switch box.add(.packed(frames)) {
                case .write: posting.add(frames, to: box)
                case .begin: posting.begin(box)
                case .settled: break
                case .lost: disconnect(id)
                }
            }
        }
    }

    private func post(_ source: some FrameSource, to recipients: [SessionID], _ posting: inout Posting) {
        for id in recipients {
            guard let box = outboxes[id] else { continue }
            switch box.add(.made(source)) {
            case .begin: posting.begin(box)
            case .write, .settled: break
            case .lost: disconnect(id)
            }
        }
    }

    private func send(_ deliveries: [Delivery]) {
        guard !deliveries.isEmpty else { return }
        let start = ContinuousClock.now
        var posting = Posting()
        for delivery in deliveries { post(delivery, &posting) }
        posting.send { [metrics] in metrics.sent(start.duration(to: .now)) }
        paced.add(posting.begun)
    }
}

extension RandomNumberGenerator {
    /// 64 random bits as text.
    mutating func token() -> String {
        let digits = String(next(), radix: 16)
        return String(repeating: "0", count: 16 - digits.count) + digits
    }
}
