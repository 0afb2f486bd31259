import NIOCore
import NIOSSL

/// TLS towards a server, 1.2 or newer.
struct Encryption: Sendable {
    private let context: NIOSSLContext
    /// Whose name the certificate has to bear; `nil` where the host is an IP address, which is checked instead.
    private let name: String?
    /// As whom the server is spoken of.
    private let host: String

    /// - Parameter isTunnelled: Whether a proxy is between, so that the address of the connection is not the server's.
    /// - Throws: ``ConnectionFailure``, which is final: a file cannot be used, or the server cannot be told from others.
    init(to host: String, _ options: EncryptionOptions, isTunnelled: Bool) throws(ConnectionFailure) {
        let name = options.serverName ?? (IPAddress(host) == nil ? host : nil)
        guard name != nil || !isTunnelled || options.insecureSkipVerify else {
            throw ConnectionFailure(
                reason: "the certificate of \(host) cannot be checked through a proxy: "
                    + "write the server's name instead of its IP address, or give its name on its own",
                isFinal: true)
        }
        self.name = name
        self.host = host
        context = try EncryptionFiles(options).context()
    }

    /// Adds what encrypts, and what explains its errors.
    func add(to pipeline: ChannelPipeline.SynchronousOperations) throws {
        let handler: NIOSSLClientHandler
        do {
            handler = try NIOSSLClientHandler(context: context, serverHostname: name)
        } catch {
            throw ConnectionFailure(reason: "“\(name ?? host)” cannot be the name of a server", isFinal: true)
        }
        try pipeline.addHandlers(handler, TrustWatch(handler, of: name ?? host))
    }
}
