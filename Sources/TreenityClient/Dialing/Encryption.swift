import NIOCore
import NIOSSL

/// TLS towards a server whose certificate is checked in full.
struct Encryption: Sendable {
    private let context: NIOSSLContext
    /// Whose name the certificate has to bear; `nil` where the host is an IP address, which is checked instead.
    private let name: String?

    /// - Parameter authorities: A PEM file of whom to trust instead of the system's authorities.
    /// - Throws: ``ConnectionFailure``, which is final where the file cannot be read.
    init(to host: String, authorities: String?) throws(ConnectionFailure) {
        var configuration = TLSConfiguration.makeClientConfiguration()
        if let authorities { configuration.trustRoots = .file(authorities) }
        do {
            context = try NIOSSLContext(configuration: configuration)
        } catch {
            let file = authorities.map { "the file of authorities \($0)" } ?? "the system's authorities"
            throw ConnectionFailure(reason: "\(file) cannot be read: \(error)", isFinal: true)
        }
        name = (try? SocketAddress(ipAddress: host, port: 0)) == nil ? host : nil
    }

    func handler() throws -> NIOSSLClientHandler {
        try NIOSSLClientHandler(context: context, serverHostname: name)
    }
}
