import Logging
import TreenityProtocol
import TreenityWebSocket

extension Hub {
    /// Lets one connection take part until it ends.
    ///
    /// - Parameter identity: whose it is; `nil`: of one of those who need not prove who they are.
    nonisolated func serve(
        _ connection: WebSocketConnection, _ dialect: Session.Dialect, _ identity: Identity?, _ book: GuestBook,
        _ configuration: ServerConfiguration
    ) async {
        let end = await connection.run { inbound, writer in
            let number = identity.map { book.enter($0) { reason in writer.close(reason) } }
            defer { if let number { book.leave(number) } }
            let outbox = Outbox(writer, capacity: configuration.maximumQueuedBytes) { self.noteCutOff() }
            let id = await connect(dialect, identity, outbox)
            for await case .messages(let messages) in inbound {
                await receive(await frames(of: messages, configuration.maximumBatch), from: id)
            }
            outbox.finish()
            await disconnect(id)
        }
        configuration.logger.debug("a connection has ended", metadata: ["end": "\(end)"])
    }

    /// More is not read on the event loop, whose other connections would wait.
    private static let bytesReadAtOnce = 64 << 10

    private nonisolated func frames(
        of messages: [WebSocketMessage], _ maximumBatch: Int
    ) async -> [Result<ClientFrame, FrameError>] {
        let size = messages.reduce(0) { $0 + $1.bytes.count }
        return await withTaskExecutorPreference(size > Hub.bytesReadAtOnce ? globalConcurrentExecutor : nil) {
            messages.flatMap { decode($0.bytes, maximumBatch: maximumBatch) }
        }
    }

    /// The frames of one message. An array of more patches than a batch may have is refused: the first of them by their
    /// `id`s, as many as a batch may have, and the rest together, so that a short message has no long answer.
    private nonisolated func decode(
        _ message: [UInt8], maximumBatch: Int
    ) -> [Result<ClientFrame, FrameError>] {
        let frames = ClientFrame.decode(message, atMost: maximumBatch)
        guard frames.count > maximumBatch else { return frames }
        let refusal = Refusal(.tooLarge, "a batch has at most \(maximumBatch) patches")
        return frames.map { .failure(FrameError(id: $0.id, refusal: refusal)) }
    }
}

extension Result<ClientFrame, FrameError> {
    fileprivate var id: String? {
        switch self {
        case .success(.patch(let patch)): patch.id
        case .success: nil
        case .failure(let error): error.id
        }
    }
}
