import Glibc
import NIOCore
import NIOHTTP1
import NIOPosix
import NIOSSL

extension Failure {
    /// What an error of a connection means to a person.
    static func words(for error: any Error) -> String {
        switch error {
        case let error as IOError: String(cString: strerror(error.errnoCode)).lowercased()
        case let error as NIOConnectionError: error.connectionErrors.last.map { words(for: $0.error) } ?? "no such host"
        case is SocketAddressError: "no such host"
        case is CancellationError: "given up"
        case ChannelError.connectTimeout: "no answer"
        case ChannelError.eof, ChannelError.ioOnClosedChannel: "the server closed the connection without an answer"
        case is NIOHTTPClientUpgradeError, is HTTPParserError: "the server does not speak WebSocket"
        case let error as NIOSSLExtraError where error == .failedToValidateHostname:
            "the server's certificate is for another name"
        case NIOSSLError.noSuchFilesystemObject: "no such file"
        case is NIOSSLError, is BoringSSLError: words(forSecure: "\(error)")
        default: "\(error)"
        }
    }

    private static func words(forSecure details: String) -> String {
        if details.contains("CERTIFICATE_VERIFY_FAILED") || details.contains("unableToValidateCertificate") {
            return "no known authority vouches for the server's certificate; see --ca-file"
        }
        if details.contains("NO_CERTIFICATE_OR_CRL_FOUND") { return "no certificate in PEM form is in it" }
        if details.contains("WRONG_VERSION_NUMBER") || details.contains("HTTP_REQUEST") {
            return "the server does not encrypt: use ws:// where that is meant"
        }
        return details
    }
}
