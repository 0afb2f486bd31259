import NIOCore
import NIOHTTP1
import TreenityWebSocket

/// A connection that was accepted.
struct Arrival: Sendable {
    let channel: any Channel
    let visitor: Visitor
    /// Known when its first request has come; fails where it leaves before.
    let guest: EventLoopFuture<Guest>
}

/// What a connection turns out to be.
enum Guest: Sendable {
    /// Of somebody; `nil`: of one of those who need not prove who they are.
    case webSocket(WebSocketConnection, Session.Dialect, Identity?)
    case http(NIOAsyncChannel<HTTPServerRequestPart, HTTPServerResponsePart>)
}
