import AsyncHTTPClient
import Glibc
import NIOCore
import NIOHTTP1
import NIOPosix

/// What went wrong between here and a web server, for a person.
enum HTTPErrorWords {
    private static let closed = "it closed the connection"

    static func words(for error: any Error) -> String {
        switch error {
        case let error as NIOConnectionError:
            error.connectionErrors.last.map { words(for: $0.error) } ?? "there is no host “\(error.host)”"
        case let error as IOError:
            String(cString: strerror(error.errnoCode)).lowercased()
        case let error as HTTPClientError where error == .connectTimeout:
            "it could not be reached in time"
        case let error as HTTPClientError where error == .remoteConnectionClosed: closed
        case let error as HTTPParserError where error == .invalidEOFState: closed
        default:
            "\(error)"
        }
    }
}
