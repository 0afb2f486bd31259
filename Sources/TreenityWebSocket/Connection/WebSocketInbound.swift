import NIOCore

/// What comes in over one connection, for one consumer. Where it is not taken, nothing more is read from the socket.
public struct WebSocketInbound: AsyncSequence, Sendable {
    /// What comes in.
    public typealias Element = WebSocketEvent
    /// How the connection ended is told by ``WebSocketConnection/run(_:)``.
    public typealias Failure = Never

    let stream: NIOAsyncChannelInboundStream<ConnectionHandler.Incoming>

    let channel: any Channel

    /// Takes what comes, until the connection ends or the task is cancelled.
    public struct AsyncIterator: AsyncIteratorProtocol {
        var iterator: NIOAsyncChannelInboundStream<ConnectionHandler.Incoming>.AsyncIterator
        let channel: any Channel

        /// The next event.
        public mutating func next() async -> WebSocketEvent? {
            while let incoming = try? await iterator.next() {
                switch incoming {
                case .event(let event): return event
                case .end: channel.triggerUserOutboundEvent(ConnectionHandler.EndReached(), promise: nil)
                }
            }
            return nil
        }
    }

    /// The only iterator.
    public func makeAsyncIterator() -> AsyncIterator {
        AsyncIterator(iterator: stream.makeAsyncIterator(), channel: channel)
    }
}
