public import TreenityProtocol

/// Everything that happens in a tree, as one sequence over all connections that this takes.
///
///     let stream = PatchStream(from: try ServerAddress(parsing: "localhost"))
///     async let _: Void = stream.run()
///     for await event in stream { … }
///
/// A connection that is lost is made anew, and brings the tree anew. There is one consumer; while it does not take what
/// comes, nothing more is read from the socket, and what waits of patches waits as one event.
public final class PatchStream: AsyncSequence, Sendable {
    /// What happens.
    public typealias Element = StreamEvent
    /// Problems come as events.
    public typealias Failure = Never

    private let driver: SessionDriver

    /// A stream from this server, which begins with ``run()``.
    public init(from address: ServerAddress, _ options: StreamOptions = StreamOptions()) {
        driver = SessionDriver(address, options)
    }

    /// Connects, and connects again, until the task is cancelled or the server turns us away for good; called once. The
    /// socket is closed when it returns.
    public func run() async {
        await driver.run()
    }

    /// Sends a frame over the live connection. Suspends while the server does not read.
    ///
    /// - Throws: ``SendError``. A frame that was on its way when the connection broke may have arrived or not: a patch
    ///   with an `id` may safely be sent again.
    public func send(_ frame: ClientFrame) async throws(SendError) {
        try await driver.send(frame)
    }

    /// Ends the wait for the next attempt. Does nothing while there is none.
    public func reconnectNow() {
        driver.reconnectNow()
    }

    /// Takes the events.
    public struct AsyncIterator: AsyncIteratorProtocol {
        let handoff: Handoff
        /// What was taken together, in reverse.
        var taken: [StreamEvent] = []

        /// The next event; `nil` after the end of ``PatchStream/run()`` or when the task is cancelled.
        public mutating func next() async -> StreamEvent? {
            if taken.isEmpty { taken = await handoff.takeAll()?.reversed() ?? [] }
            return taken.popLast()
        }
    }

    /// The only iterator.
    public func makeAsyncIterator() -> AsyncIterator {
        AsyncIterator(handoff: driver.handoff)
    }
}
