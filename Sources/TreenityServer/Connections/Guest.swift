import NIOCore
import NIOHTTP1
import TreenityWebSocket

/// A connection that was accepted.
struct Arrival: Sendable {
    let channel: any Channel
    /// Known when its first request has come; fails where it leaves before.
    let guest: EventLoopFuture<Guest>
}

/// What a connection turns out to be.
enum Guest: Sendable {
    case webSocket(WebSocketConnection, Session.Dialect)
    case http(NIOAsyncChannel<HTTPServerRequestPart, HTTPServerResponsePart>)
}
