import NIOCore

/// The places at which a server listens, and all who come to any of them.
struct Reception: Sendable {
    /// One of the places.
    struct Listener: Sendable {
        let address: ListeningAddress
        let channel: any Channel
        let file: SocketFile?
    }

    /// In the order of the configuration.
    let listeners: [Listener]
    /// Ends when the task that waits for the next is cancelled.
    let arrivals: AsyncStream<Arrival>

    /// Takes no more connections.
    func close() async { await Reception.close(listeners) }

    static func close(_ listeners: [Listener]) async {
        for listener in listeners {
            listener.file?.remove()
            // It fails where the channel is closed already.
            try? await listener.channel.close()
        }
    }
}
