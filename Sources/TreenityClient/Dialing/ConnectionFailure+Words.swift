import Glibc
import NIOCore
import NIOHTTP1
import NIOPosix
import NIOSSL

extension ConnectionFailure {
    /// What an error on the way to a server means.
    init(_ error: any Error, _ address: ServerAddress, hasToken: Bool) {
        switch error {
        case let refused as UpgradeRefused: self.init(status: refused.status, address, hasToken: hasToken)
        case let failure as ConnectionFailure: self = failure
        case is CancellationError: self.init(reason: "the attempt was given up")
        case let error as NoAnswer:
            self.init(reason: "no answer from \(address.endpoint) within \(error.limit.seconds) s")
        case let error as NIOConnectionError: self.init(reason: Self.words(for: error, address))
        case let error as NIOSSLError: self.init(reason: Self.words(for: error, address))
        case let error as NIOSSLExtraError where error == .failedToValidateHostname:
            self.init(reason: "certificate of \(address.host) is not trusted: it was made for another name")
        case ChannelError.eof, ChannelError.ioOnClosedChannel:
            self.init(reason: "\(address.endpoint) closed the connection without an answer")
        case is NIOHTTPClientUpgradeError, is HTTPParserError:
            self.init(reason: "\(address.endpoint) does not speak WebSocket")
        case let error as IOError: self.init(reason: "\(address.endpoint): \(Self.words(for: error))")
        default: self.init(reason: "no connection to \(address.endpoint): \(error)")
        }
    }

    /// What an HTTP answer instead of the upgrade means.
    private init(status: HTTPResponseStatus, _ address: ServerAddress, hasToken: Bool) {
        switch status {
        case .unauthorized:
            self.init(
                reason: hasToken
                    ? "\(address.endpoint) does not accept the token" : "\(address.endpoint) asks for a token",
                isFinal: true)
        case .forbidden: self.init(reason: "\(address.endpoint) denies access", isFinal: true)
        case .notFound: self.init(reason: "\(address.endpoint) has nothing at \(address.target)")
        default:
            self.init(
                reason: "\(address.endpoint) answered \(status.code) \(status.reasonPhrase) instead of a WebSocket")
        }
    }

    private static func words(for error: NIOConnectionError, _ address: ServerAddress) -> String {
        guard let failure = error.connectionErrors.last else { return "no such host: \(address.host)" }
        let target = failure.target.ipAddress.map { ip in
            ip.utf8.contains(UInt8(ascii: ":")) ? "[\(ip)]:\(address.port)" : "\(ip):\(address.port)"
        }
        switch failure.error {
        case let error as IOError where error.errnoCode == ECONNREFUSED:
            return "connection refused by \(target ?? address.endpoint)"
        case let error as IOError: return "no way to \(target ?? address.endpoint): \(words(for: error))"
        case ChannelError.connectTimeout: return "no answer from \(target ?? address.endpoint)"
        default: return "no connection to \(target ?? address.endpoint): \(failure.error)"
        }
    }

    private static func words(for error: IOError) -> String {
        String(cString: strerror(error.errnoCode)).lowercased()
    }

    private static func words(for error: NIOSSLError, _ address: ServerAddress) -> String {
        let details = "\(error)"
        if details.contains("CERTIFICATE_VERIFY_FAILED") || details.contains("unableToValidateCertificate") {
            return "certificate of \(address.host) is not trusted: no known authority vouches for it as it is now"
        }
        if details.contains("WRONG_VERSION_NUMBER") || details.contains("HTTP_REQUEST") {
            return "\(address.endpoint) does not encrypt: use ws:// where that is meant"
        }
        if case .uncleanShutdown = error { return "\(address.endpoint) closed the connection without an answer" }
        return "no encrypted connection to \(address.endpoint): \(details)"
    }
}
