import Logging
import NIOCore
import Synchronization
import TreenityProtocol
import TreenityWebSocket

/// Does what ``SessionMachine`` says: connects, reads, asks, waits.
final class ConnectionDriver: Sendable {
    struct State {
        var machine: SessionMachine
        /// The WebSocket that stands.
        var writer: WebSocketWriter?
        /// Ends the wait for the next attempt.
        var impatience: AsyncStream<Never>.Continuation?
    }

    let handoff = Handoff<SessionEvent>()
    let options: ConnectionOptions
    let state: Mutex<State>
    private let dialer: Dialer

    init(_ address: ServerAddress, _ options: ConnectionOptions) {
        dialer = Dialer(address: address, options: options)
        self.options = options
        state = Mutex(State(machine: SessionMachine(randomness: options.randomness)))
    }

    func run() async {
        defer { handoff.finish() }
        while !Task.isCancelled {
            add { [$0.attemptBegan()] }
            switch await connection() {
            case .wait(let delay, let event):
                guard !Task.isCancelled else { return }
                await wait(delay, after: event)
            case .end(let event): return handoff.add([event])
            }
        }
    }

    /// Events are handed over under the lock, so that they come in the order in which the machine made them.
    private func add(_ transition: (inout SessionMachine) -> [SessionEvent]) {
        state.withLock { handoff.add(transition(&$0.machine)) }
    }

    /// One connection from its beginning to its end.
    private func connection() async -> SessionMachine.Sequel {
        do throws(ConnectionFailure) {
            let dialed = try await dialer.dial()
            let end = await dialed.connection.run { inbound, writer in
                state.withLock { $0.writer = writer }
                await converse(inbound, dialed)
                state.withLock { $0.writer = nil }
            }
            options.logger.debug("connection ended", metadata: ["end": "\(end)"])
            return state.withLock { $0.machine.connectionEnded(end.words) }
        } catch {
            options.logger.debug("no connection", metadata: ["reason": "\(error.reason)"])
            return state.withLock { $0.machine.attemptFailed(error) }
        }
    }
}

// MARK: - One connection

extension ConnectionDriver {
    private func converse(_ inbound: WebSocketInbound, _ dialed: Dialer.Dialed) async {
        switch state.withLock({ $0.machine.connected(subprotocol: dialed.subprotocol) }) {
        case .session:
            let limit = options.connectLimit
            let patience = dialed.connection.channel.eventLoop.scheduleTask(in: limit) {
                let writer = self.state.withLock { $0.machine.isGreeting ? $0.writer : nil }
                writer?.close(CloseReason(.policyViolation, "no greeting within \(limit.seconds) s"))
            }
            await read(inbound)
            patience.cancel()
        case .bare(let event):
            handoff.add([event])
            await withTaskGroup { group in
                group.addTask {
                    let answer = await self.dialer.tree(of: dialed)
                    self.add { $0.treeArrived(answer) }
                }
                await read(inbound)
                group.cancelAll()
            }
        }
    }

    private func read(_ inbound: WebSocketInbound) async {
        for await event in inbound {
            switch event {
            case .roundTrip(let latency): add { $0.measured(latency) }
            case .quiet: add { $0.fellSilent() }
            case .messages(let messages): await take(messages)
            }
            await handoff.waitForRoom()
        }
    }

    private func take(_ messages: [WebSocketMessage]) async {
        let (step, writer) = state.withLock { state in
            let step = state.machine.received(messages)
            handoff.add(step.events)
            return (step, state.writer)
        }
        for case .problem(let problem) in step.events {
            options.logger.warning("odd message", metadata: ["problem": "\(problem)"])
        }
        await send(step.send, over: writer)
    }

    /// What cannot be sent has no connection any more, which the next read tells.
    private func send(_ frames: [ClientFrame], over writer: WebSocketWriter?) async {
        for frame in frames { try? await writer?.send(text: frame.encoded()) }
    }
}

// MARK: - Wishes

extension ConnectionDriver {
    /// Lets the machine do what leads to frames, and sends them.
    func change(_ transition: @Sendable (inout SessionMachine) -> [ClientFrame]) async {
        let (frames, writer) = state.withLock { (transition(&$0.machine), $0.writer) }
        await send(frames, over: writer)
    }

    func send(_ frame: ClientFrame) async throws(SendError) {
        let (session, writer) = state.withLock { ($0.machine.session, $0.writer) }
        guard let session, let writer else { throw .offline }
        let limit = session.welcome?.maximumMessageBytes ?? .max
        for message in try session.isBare ? bareMessages(frame) : [frame.encoded()] {
            guard message.count <= limit else { throw .tooLong(bytes: message.count, limit: limit) }
            do throws(WebSocketClosed) {
                try await writer.send(text: message)
            } catch {
                throw .offline
            }
        }
    }

    /// One patch, one message: a bare server need not know more.
    private func bareMessages(_ frame: ClientFrame) throws(SendError) -> [[UInt8]] {
        switch frame {
        case .patch: [frame.encoded()]
        case .batch(_, let patches): patches.map { ClientFrame.patch($0).encoded() }
        case .subscribe, .unsubscribe, .history, .find, .presence, .result: throw .notSpoken
        }
    }

    func reconnectNow() {
        let (demand, impatience, writer) = state.withLock { state in
            (state.machine.demanded(), state.impatience.take(), state.writer)
        }
        switch demand {
        case .nothing: break
        case .endWait: impatience?.finish()
        case .hangUp: writer?.close(CloseReason(.goingAway, "the connection is made anew"), waits: false)
        }
    }

    private func wait(_ delay: Duration, after event: SessionEvent) async {
        let (impatience, continuation) = AsyncStream.makeStream(of: Never.self)
        state.withLock { $0.impatience = continuation }
        // After this anyone who sees the event may end the wait.
        handoff.add([event])
        await withTaskGroup { group in
            group.addTask { [clock = options.clock] in try? await clock.sleep(for: delay) }
            group.addTask { for await _ in impatience {} }
            await group.next()
            group.cancelAll()
        }
        state.withLock { $0.impatience = nil }
    }
}

extension TimeAmount {
    /// In whole seconds.
    var seconds: Int64 { nanoseconds / 1_000_000_000 }
}
