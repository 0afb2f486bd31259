import TreenityClient
import TreenityProtocol
import TreenityWebSocket

/// Runs a connection, which subscribes once, while the body takes its events one by one.
func listen(
    to address: String, _ options: ConnectionOptions = ConnectionOptions(),
    subscription: Subscription = Subscription(id: "s1", path: "tree/a", depth: 1),
    _ body: (PatchConnection, inout PatchConnection.AsyncIterator) async throws -> Void
) async throws {
    let connection = PatchConnection(to: try ServerAddress(parsing: address), options)
    await connection.subscribe(subscription)
    async let _: Void = connection.run()
    var events = connection.makeAsyncIterator()
    try await body(connection, &events)
}

extension PatchConnection.AsyncIterator {
    /// The next event that is no measure of time.
    mutating func event() async -> SessionEvent? {
        while let event = await next() {
            if case .latency = event { continue }
            return event
        }
        return nil
    }

    /// So many events.
    mutating func events(_ count: Int) async -> [SessionEvent] {
        var all: [SessionEvent] = []
        while all.count < count, let event = await event() { all.append(event) }
        return all
    }
}

/// What a client sends, frame by frame.
struct ClientFrames {
    private var events: WebSocketInbound.AsyncIterator
    private var frames: [ClientFrame] = []

    init(_ inbound: WebSocketInbound) {
        events = inbound.makeAsyncIterator()
    }

    mutating func next() async -> ClientFrame? {
        while frames.isEmpty, let event = await events.next() {
            guard case .messages(let messages) = event else { continue }
            frames = messages.flatMap { ClientFrame.decode($0.bytes).compactMap { try? $0.get() } }
        }
        return frames.isEmpty ? nil : frames.removeFirst()
    }
}

extension WebSocketWriter {
    func send(_ frame: ServerFrame) async {
        try? await send(text: frame.encoded())
    }
}
