public import TreenityProtocol

/// Everything that happens in a session with a server, as one sequence over all the connections that this takes. For
/// whoever keeps the tree himself; ``PatchStream`` keeps it for its users.
///
///     let connection = PatchConnection(to: try ServerAddress(parsing: "localhost"))
///     await connection.subscribe(Subscription(id: "all", path: .root))
///     async let _: Void = connection.run()
///     for await event in connection { … }
///
/// A connection that is lost is made anew. Then what was missed comes, or, where the server no longer knows that, the
/// tree anew. There is one consumer; while it does not take what comes, nothing more is read from the socket, and what
/// waits of patches waits as one event.
public final class PatchConnection: AsyncSequence, Sendable {
    /// What happens.
    public typealias Element = SessionEvent
    /// Problems come as events.
    public typealias Failure = Never

    private let driver: ConnectionDriver

    /// Sessions with this server, which begin with ``run()``.
    public init(to address: ServerAddress, _ options: ConnectionOptions = ConnectionOptions()) {
        driver = ConnectionDriver(address, options)
    }

    /// Connects, and connects again, until the task is cancelled or the server turns us away for good; called once. The
    /// socket is closed when it returns.
    public func run() async {
        await driver.run()
    }

    // MARK: What is wanted

    /// Wants the tree at a path, and all that happens in it, over this connection and all that follow. A bare connection
    /// brings the whole tree all the same. Another subscription of the same `id` is replaced.
    ///
    /// - Parameter subscription: its place in the order is looked after here.
    public func subscribe(_ subscription: Subscription) async {
        await driver.change { $0.subscribe(subscription, once: false) }
    }

    /// Wants the tree at a path as it is, once: the subscription ends with its snapshot. A few at a time are asked for,
    /// the others in their turn.
    public func fetch(_ subscription: Subscription) async {
        await driver.change { $0.subscribe(subscription, once: true) }
    }

    /// Wants a subscription no more.
    public func unsubscribe(id: String) async {
        await driver.change { $0.unsubscribe(id) }
    }

    // MARK: Sending

    /// Sends a frame over the live connection. Suspends while the server does not read.
    ///
    /// - Throws: ``SendError``. A frame that was on its way when the connection broke may have arrived or not: a patch
    ///   with an `id` may safely be sent again.
    public func send(_ frame: ClientFrame) async throws(SendError) {
        try await driver.send(frame)
    }

    /// Ends the wait for the next attempt; where a connection stands, gives it up and makes another at once.
    public func reconnectNow() {
        driver.reconnectNow()
    }

    // MARK: The events

    /// Takes the events.
    public struct AsyncIterator: AsyncIteratorProtocol {
        let handoff: Handoff<SessionEvent>
        /// What was taken together, in reverse.
        var taken: [SessionEvent] = []

        /// The next event; `nil` after the end of ``PatchConnection/run()`` or when the task is cancelled.
        public mutating func next() async -> SessionEvent? {
            if taken.isEmpty { taken = await handoff.takeAll()?.reversed() ?? [] }
            return taken.popLast()
        }
    }

    /// The only iterator.
    public func makeAsyncIterator() -> AsyncIterator {
        AsyncIterator(handoff: driver.handoff)
    }
}
