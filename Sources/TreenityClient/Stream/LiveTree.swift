import Logging
import Synchronization
import TreenityProtocol
import TreenityStore

/// One socket's session and the streams that share it: does what ``TreeMachine`` says.
final class LiveTree: Sendable {
    private struct State {
        var machine: TreeMachine
        var listeners = Listeners()
    }

    private let connection: PatchConnection
    private let options: StreamOptions
    private let state: Mutex<State>
    private let commands = Handoff<TreeMachine.Command>()
    /// Says that something went out that may never be answered.
    private let unanswered: AsyncStream<Void>
    private let noteUnanswered: AsyncStream<Void>.Continuation
    /// Says that the machine rests.
    private let rests: AsyncStream<Void>
    private let noteRest: AsyncStream<Void>.Continuation

    init(to address: ServerAddress, _ options: StreamOptions) {
        connection = PatchConnection(to: address, options.connection)
        self.options = options
        var randomness = options.connection.randomness
        let prefix = String.randomDigits(from: &randomness)
        var machine = TreeMachine(prefix: prefix, user: options.user)
        if let outbox = options.outbox { machine.restore(outbox.contents.unanswered) }
        state = Mutex(State(machine: machine))
        (unanswered, noteUnanswered) = AsyncStream.makeStream(bufferingPolicy: .bufferingNewest(1))
        (rests, noteRest) = AsyncStream.makeStream(bufferingPolicy: .bufferingNewest(1))
    }

    /// Keeps the tree, until the task is cancelled or the server turns us away for good.
    func run() async {
        await withTaskGroup { group in
            group.addTask { await self.connection.run() }
            group.addTask { await self.pump() }
            group.addTask { await self.perform() }
            group.addTask { await self.watchUnanswered() }
            group.addTask { await self.watchRests() }
            // The connection's end is the end; the events that it left behind are told first.
            await group.next()
            commands.finish()
            group.cancelAll()
        }
        end(StreamError.closed)
    }

    // MARK: From the server

    private func pump() async {
        for await event in connection {
            let consumers = state.withLock { state in
                act(state.machine.received(event, now: options.now()), &state)
                return Array(state.listeners.consumers.values)
            }
            if case .state(.ended(let reason)) = event { return end(StreamError.ended(reason)) }
            for consumer in consumers { await consumer.waitForRoom() }
        }
    }

    /// Bare servers answer by what they send on, or not at all.
    private func watchUnanswered() async {
        for await _ in unanswered {
            guard await sleep(TreeMachine.bareAnswerTime) else { return }
            change { $0.forgetUnanswered(now: options.now()) }
        }
    }

    private func watchRests() async {
        for await _ in rests {
            guard await sleep(TreeMachine.inquiryPause) else { return }
            change { $0.rested() }
        }
    }

    /// - Returns: `false`: the task is cancelled.
    private func sleep(_ duration: Duration) async -> Bool {
        (try? await options.connection.clock.sleep(for: duration)) != nil
    }

    /// What follows from a change of the machine is told under the lock, so that it comes in order.
    private func change(_ body: (inout TreeMachine) -> TreeMachine.Reaction) {
        state.withLock { act(body(&$0.machine), &$0) }
    }

    private func act(_ reaction: TreeMachine.Reaction, _ state: inout State) {
        commands.add(reaction.commands)
        for report in reaction.reports {
            for (stream, consumer) in state.listeners.consumers where state.machine.isFor(stream, report.to) {
                consumer.add([.update(report.update)])
            }
        }
        for (id, result) in reaction.answers { state.listeners.takeWaiter(for: id)?.resume(with: result) }
        for (stream, refusal) in reaction.endings { state.listeners.fail(stream, refusal) }
    }

    private func end(_ error: any Error) {
        let (consumers, waiters) = state.withLock { $0.listeners.end(error) }
        for consumer in consumers {
            consumer.add([.failure(error)])
            consumer.finish()
        }
        for waiter in waiters { waiter.resume(throwing: error) }
    }

    // MARK: To the server

    private func perform() async {
        while let commands = await commands.takeAll() {
            // One flush for all that is to be kept, before any of it goes out.
            let records = commands.compactMap(\.record)
            if !records.isEmpty { await keep(records) }
            for command in commands { await perform(command) }
        }
    }

    private func perform(_ command: TreeMachine.Command) async {
        switch command {
        case .send(let frame): await send(frame)
        case .subscribe(let subscription): await connection.subscribe(subscription)
        case .fetch(let subscription): await connection.fetch(subscription)
        case .unsubscribe(let id): await connection.unsubscribe(id: id)
        case .record: break
        case .rest: noteRest.yield()
        }
    }

    /// An edit that cannot be kept goes out all the same.
    private func keep(_ records: [OutboxRecord]) async {
        do throws(OutboxError) {
            try await options.outbox?.keep(records)
        } catch {
            options.connection.logger.error("edits are not kept", metadata: ["reason": "\(error)"])
        }
    }

    private func send(_ frame: ClientFrame) async {
        do throws(SendError) {
            try await connection.send(frame)
            if state.withLock({ $0.machine.session?.isBare == true }) { noteUnanswered.yield() }
        } catch .offline {
            // What waits for an answer goes out over the next connection.
        } catch {
            change { $0.undeliverable(frame, error) }
        }
    }

    func reconnectNow() { connection.reconnectNow() }
}

// MARK: - What streams want

extension LiveTree {
    /// The tree as it is.
    var tree: Replica { state.withLock { $0.machine.replica.tree } }

    /// A consumer begins.
    func open(_ path: TreePath, depth: Int?) -> (id: Int, handoff: Handoff<Delivery>) {
        state.withLock { state in
            let stream = state.listeners.open()
            if state.listeners.ending == nil { act(state.machine.opened(stream.id, path, depth: depth), &state) }
            return stream
        }
    }

    /// A consumer ends.
    func close(_ id: Int) {
        state.withLock { state in
            guard state.listeners.close(id) else { return }
            act(state.machine.closed(id, now: options.now()), &state)
        }
    }

    func look(at path: TreePath?) { change { $0.look(at: path) } }

    /// Makes edits, and waits for the answer.
    func edit(_ patches: [Patch], isBatch: Bool) async throws -> Acknowledgement {
        let id = isBatch ? makeID() : patches.first?.id ?? makeID()
        var patches = patches
        if !isBatch { patches[0].id = id }
        let answer = try await answer(id) { [patches, now = options.now()] machine in
            try machine.edit(patches, batchID: isBatch ? id : nil, now: now)
        }
        guard case .acknowledged(let acknowledgement) = answer else {
            preconditionFailure("an edit was answered by \(answer)")
        }
        return acknowledgement
    }

    /// Asks, and waits for the answer.
    func ask(_ frame: (String) -> ClientFrame) async throws -> Answer {
        let id = makeID()
        let question = TreeMachine.Question(id: id, frame: frame(id))
        return try await answer(id) { try $0.ask(question) }
    }

    /// Loads more of the tree.
    func load(_ path: TreePath, depth: Int?) async throws {
        let id = makeID()
        _ = try await answer(id) { $0.load(path, depth: depth, id: id) }
    }

    private func makeID() -> String { state.withLock { $0.machine.makeID() } }

    /// Where the task is cancelled, nobody waits any more; an edit stays under way.
    private func answer(
        _ id: String, to request: sending (inout TreeMachine) throws -> TreeMachine.Reaction
    ) async throws -> Answer {
        try await withTaskCancellationHandler {
            try await withCheckedThrowingContinuation { continuation in
                state.withLock { state in
                    do {
                        if let ending = state.listeners.ending { throw ending }
                        try Task.checkCancellation()
                        let reaction = try request(&state.machine)
                        state.listeners.add(continuation, for: id)
                        act(reaction, &state)
                    } catch {
                        continuation.resume(throwing: error)
                    }
                }
            }
        } onCancel: {
            let waiter = state.withLock { state in
                state.machine.forget(id)
                return state.listeners.takeWaiter(for: id)
            }
            waiter?.resume(throwing: CancellationError())
        }
    }
}

extension String {
    /// 128 random bits in hexadecimal digits.
    fileprivate static func randomDigits(from randomness: inout any RandomNumberGenerator & Sendable) -> String {
        [randomness.next(), randomness.next()]
            .map { (bits: UInt64) in
                let digits = String(bits, radix: 16)
                return String(repeating: "0", count: 16 - digits.count) + digits
            }
            .joined()
    }
}
