import Glibc
import NIOCore
import NIOHTTP1
import NIOPosix
import NIOSSL

extension ConnectionFailure {
    /// What an error on the way to a server means.
    init(_ error: any Error, _ route: Route) {
        let address = route.destination.address
        let endpoint = address.endpoint
        switch error {
        case let failure as ConnectionFailure: self = failure
        case let refused as UpgradeRefused: self.init(status: refused.status, route.destination)
        case let failure as ProxyFailure: self.init(failure, route)
        case is CancellationError: self.init(reason: "the attempt was given up")
        case let error as NoAnswer:
            let way = route.proxy.map { " through the proxy \($0.endpoint)" } ?? ""
            self.init(reason: "no answer from \(endpoint)\(way) within \(error.limit.seconds) s")
        case let error as NIOConnectionError:
            self.init(reason: (route.proxy == nil ? "" : "no way to the proxy: ") + Self.words(for: error, route))
        case let error as EncryptionError:
            self.init(reason: error.words(of: endpoint) ?? Self.closed(by: endpoint))
        // It was gone before the conversation could begin, or amid it.
        case ChannelError.eof, ChannelError.ioOnClosedChannel, ChannelError.alreadyClosed,
            ChannelError.inappropriateOperationForState:
            self.init(reason: Self.closed(by: endpoint))
        case is NIOHTTPClientUpgradeError, is HTTPParserError:
            self.init(reason: "\(endpoint) does not speak WebSocket")
        case let error as IOError: self.init(reason: "\(endpoint): \(Self.words(for: error))")
        default: self.init(reason: "no connection to \(endpoint): \(error)")
        }
    }

    private static func closed(by endpoint: String) -> String { "\(endpoint) closed the connection without an answer" }

    /// What an HTTP answer instead of the upgrade means.
    private init(status: HTTPResponseStatus, _ destination: Destination) {
        let endpoint = destination.address.endpoint
        switch status {
        case .unauthorized: self.init(reason: Self.words(forUnauthorizedAt: destination), isFinal: true)
        case .forbidden: self.init(reason: "\(endpoint) denies access", isFinal: true)
        case .notFound: self.init(reason: "\(endpoint) has nothing at \(destination.address.target)")
        default:
            self.init(reason: "\(endpoint) answered \(status.code) \(status.reasonPhrase) instead of a WebSocket")
        }
    }

    private static func words(forUnauthorizedAt destination: Destination) -> String {
        let endpoint = destination.address.endpoint
        if destination.token != nil { return "\(endpoint) does not accept the token" }
        guard let sender = destination.sender else { return "\(endpoint) asks for a token" }
        return "\(endpoint), to which \(sender.endpoint) redirects, asks for a token, which is sent only to the server "
            + "that was named: connect to that one if you trust it"
    }

    /// What a proxy that opens no way means.
    private init(_ failure: ProxyFailure, _ route: Route) {
        let name = "the proxy \(route.nextEndpoint)"
        let endpoint = route.destination.address.endpoint
        switch failure {
        // Some say 401 for the wrong password.
        case .refused(.proxyAuthenticationRequired), .refused(.unauthorized):
            let variable = route.proxy?.variable ?? ""
            self.init(
                reason: route.proxy?.authorization == nil
                    ? "\(name) asks for a user name and password: write user:password@ before its name in \(variable)"
                    : "\(name) does not accept the user name and password of \(variable)",
                isFinal: true)
        case .refused(.forbidden), .refused(.methodNotAllowed): self.init(reason: "\(name) lets nobody to \(endpoint)")
        case .refused(let status) where (500..<600).contains(status.code):
            self.init(reason: "\(name) finds no way to \(endpoint): \(status.code) \(status.reasonPhrase)")
        case .refused(let status):
            self.init(reason: "\(name) makes no connections: it answered \(status.code) \(status.reasonPhrase)")
        case .lost(is HTTPParserError): self.init(reason: "\(name) is no proxy: it does not speak HTTP")
        case .lost(let error as EncryptionError):
            self.init(reason: error.words(of: name) ?? Self.closed(by: name))
        case .lost(let error as IOError): self.init(reason: "\(name): \(Self.words(for: error))")
        case .lost: self.init(reason: Self.closed(by: name))
        }
    }

    private static func words(for error: NIOConnectionError, _ route: Route) -> String {
        guard let failure = error.connectionErrors.last else { return lookupWords(error, route.host) }
        let target = failure.target.ipAddress.map { ip in
            ip.utf8.contains(UInt8(ascii: ":")) ? "[\(ip)]:\(route.port)" : "\(ip):\(route.port)"
        }
        let place = target ?? route.nextEndpoint
        switch failure.error {
        case let error as IOError where error.errnoCode == ECONNREFUSED: return "connection refused by \(place)"
        case let error as IOError: return "no way to \(place): \(words(for: error))"
        case ChannelError.connectTimeout: return "no answer from \(place)"
        default: return "no connection to \(place): \(failure.error)"
        }
    }

    private static func lookupWords(_ error: NIOConnectionError, _ host: String) -> String {
        let failures = [error.dnsAError, error.dnsAAAAError].compactMap { $0 as? SocketAddressError.UnknownHost }
        guard let code = failures.first?.errorCode else { return "no such host: \(host)" }
        switch Int32(code) {
        case EAI_AGAIN: return "no name server answers, so that \(host) cannot be found"
        case EAI_NONAME: return "no such host: \(host)"
        default: return "\(host) cannot be found: \(failures[0].errorDescription.lowercased())"
        }
    }

    private static func words(for error: IOError) -> String {
        String(cString: strerror(error.errnoCode)).lowercased()
    }
}
