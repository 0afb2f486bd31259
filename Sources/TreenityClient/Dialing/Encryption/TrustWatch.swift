import Glibc
import NIOCore
import NIOSSL

/// Says why a server is not trusted, where the encryption before it does not tell.
final class TrustWatch: ChannelInboundHandler {
    typealias InboundIn = NIOAny

    private let encryption: NIOSSLClientHandler
    private let name: String

    /// - Parameter name: as whom the server is spoken of.
    init(_ encryption: NIOSSLClientHandler, of name: String) {
        self.encryption = encryption
        self.name = name
    }

    func errorCaught(context: ChannelHandlerContext, error: any Error) {
        let facts = EncryptionError.isMistrust(error) ? encryption.peerCertificate.map(CertificateFacts.init) : nil
        guard EncryptionError.isEncryption(error) else { return context.fireErrorCaught(error) }
        context.fireErrorCaught(
            EncryptionError(name: name, cause: error, certificate: facts, now: Int64(time(nil))))
    }
}
