import TreenityWebSocket

extension WebSocketConnection {
    /// Sends back every message until the connection ends.
    func echo() async -> WebSocketEnd {
        await run { inbound, writer in
            for await event in inbound {
                guard case .messages(let messages) = event else { continue }
                do throws(WebSocketClosed) {
                    try await writer.send(messages)
                } catch {
                    return
                }
            }
        }
    }
}

extension WebSocketConfiguration {
    /// Everything that a suite may try: binary messages, 16 MiB, and short messages compressed too.
    static func echo(deflates: Bool) -> WebSocketConfiguration {
        var configuration = WebSocketConfiguration()
        configuration.maximumMessageBytes = 16 << 20
        configuration.acceptsBinary = true
        configuration.deflates = deflates
        configuration.minimumDeflatedBytes = 0
        return configuration
    }
}
