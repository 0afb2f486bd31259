import Logging
import NIOCore
import Synchronization
import TreenityProtocol
import TreenityWebSocket

/// Does what ``SessionMachine`` says: connects, reads, asks, waits.
final class SessionDriver: Sendable {
    private struct State {
        var machine: SessionMachine
        /// Over which frames go out; `nil` where no session is live.
        var outlet: Outlet?
        /// Ends the wait for the next attempt.
        var impatience: AsyncStream<Never>.Continuation?
    }

    private struct Outlet {
        let writer: WebSocketWriter
        /// `nil` on a bare connection.
        let welcome: Welcome?
    }

    let handoff = Handoff()
    private let dialer: Dialer
    private let options: StreamOptions
    private let state: Mutex<State>

    init(_ address: ServerAddress, _ options: StreamOptions) {
        dialer = Dialer(address: address, options: options)
        self.options = options
        let subscription = Subscription(id: "s1", path: options.path, depth: options.depth)
        state = Mutex(State(machine: SessionMachine(subscription: subscription, randomness: options.randomness)))
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
    private func add(_ transition: (inout SessionMachine) -> [StreamEvent]) {
        state.withLock { handoff.add(transition(&$0.machine)) }
    }

    /// One connection from its beginning to its end.
    private func connection() async -> SessionMachine.Sequel {
        do throws(ConnectionFailure) {
            let dialed = try await dialer.dial()
            let end = await dialed.connection.run { inbound, writer in
                await converse(inbound, writer, dialed)
                state.withLock { $0.outlet = nil }
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

extension SessionDriver {
    private func converse(_ inbound: WebSocketInbound, _ writer: WebSocketWriter, _ dialed: Dialer.Dialed) async {
        switch state.withLock({ $0.machine.connected(subprotocol: dialed.subprotocol) }) {
        case .session:
            let limit = options.connectLimit
            let patience = dialed.connection.channel.eventLoop.scheduleTask(in: limit) {
                guard self.state.withLock({ $0.machine.isGreeting }) else { return }
                writer.close(CloseReason(.policyViolation, "no greeting within \(limit.seconds) s"))
            }
            await read(inbound, writer)
            patience.cancel()
        case .bare(let event):
            state.withLock { $0.outlet = Outlet(writer: writer, welcome: nil) }
            handoff.add([event])
            await withTaskGroup { group in
                group.addTask {
                    let answer = await self.dialer.tree(of: dialed)
                    self.add { $0.treeArrived(answer) }
                }
                await read(inbound, writer)
                group.cancelAll()
            }
        }
    }

    private func read(_ inbound: WebSocketInbound, _ writer: WebSocketWriter) async {
        for await event in inbound {
            switch event {
            case .roundTrip(let latency): add { $0.measured(latency) }
            case .messages(let messages): await take(messages, writer)
            }
            await handoff.waitForRoom()
        }
    }

    private func take(_ messages: [WebSocketMessage], _ writer: WebSocketWriter) async {
        let step = state.withLock { state in
            let step = state.machine.received(messages)
            for case .state(.live(let session)) in step.events {
                state.outlet = Outlet(writer: writer, welcome: session.welcome)
            }
            handoff.add(step.events)
            return step
        }
        for case .problem(let problem) in step.events {
            options.logger.warning("odd message", metadata: ["problem": "\(problem)"])
        }
        // Where it cannot be sent, the connection has ended, which the next read tells.
        if let frame = step.send { try? await writer.send(text: frame.encoded()) }
    }
}

// MARK: - Sending and waiting

extension SessionDriver {
    func send(_ frame: ClientFrame) async throws(SendError) {
        guard let outlet = state.withLock({ $0.outlet }) else { throw .offline }
        let limit = outlet.welcome?.maximumMessageBytes ?? .max
        for message in try outlet.welcome == nil ? bareMessages(frame) : [frame.encoded()] {
            guard message.count <= limit else { throw .tooLong(bytes: message.count, limit: limit) }
            do throws(WebSocketClosed) {
                try await outlet.writer.send(text: message)
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
        state.withLock { $0.impatience.take() }?.finish()
    }

    private func wait(_ delay: Duration, after event: StreamEvent) async {
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
