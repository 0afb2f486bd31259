import NIOCore
import NIOHTTP1

/// A way through a proxy.
struct Tunnel: Sendable {
    private let proxy: Proxy
    private let endpoint: String
    private let encryption: Encryption?

    init(through proxy: Proxy, to destination: Destination) throws(ConnectionFailure) {
        self.proxy = proxy
        endpoint = destination.address.endpoint
        var options = EncryptionOptions()
        options.authorities = destination.encryption.authorities
        encryption =
            if proxy.isSecure { try Encryption(to: proxy.host, options, isTunnelled: false) } else { nil }
    }

    /// Makes a connection to the proxy one to the server, with nothing in its pipeline but the encryption up to the
    /// proxy. To be called on the channel's event loop.
    func open(over channel: any Channel) -> EventLoopFuture<Void> {
        let opened = channel.eventLoop.makePromise(of: Void.self)
        do {
            let pipeline = channel.pipeline.syncOperations
            try encryption?.add(to: pipeline)
            let encoder = HTTPRequestEncoder()
            let decoder = ByteToMessageHandler(HTTPResponseDecoder(leftOverBytesStrategy: .forwardBytes))
            let connect = ConnectHandler(to: endpoint, proxy.authorization, opened)
            try pipeline.addHandlers(encoder, decoder, connect)
            let handlers = NIOLoopBound((encoder, decoder, connect), eventLoop: channel.eventLoop)
            return opened.futureResult.flatMap {
                let (encoder, decoder, connect) = handlers.value
                let pipeline = channel.pipeline.syncOperations
                let removals = [
                    pipeline.removeHandler(connect), pipeline.removeHandler(decoder), pipeline.removeHandler(encoder),
                ]
                return .andAllSucceed(removals, on: channel.eventLoop)
            }
        } catch {
            opened.fail(error)
            return opened.futureResult
        }
    }
}
