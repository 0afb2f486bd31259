/// Why a server could not be started, or not be told to read its files again.
public struct ServerError: Error, Hashable, Sendable, CustomStringConvertible {
    private enum Code: Hashable, Sendable {
        case unknownHost(String)
        case notLoopback(String)
        case cannotListen(String)
        case cannotRead(String)
    }

    private let code: Code

    static func unknownHost(_ host: String) -> ServerError { ServerError(code: .unknownHost(host)) }
    static func notLoopback(_ host: String) -> ServerError { ServerError(code: .notLoopback(host)) }
    static func cannotRead(_ reason: String) -> ServerError { ServerError(code: .cannotRead(reason)) }
    static func cannotListen(_ reason: String) -> ServerError { ServerError(code: .cannotListen(reason)) }

    /// The reason, for a person.
    public var description: String {
        switch code {
        case .unknownHost(let host):
            "“\(host)” is no address of this machine"
        case .notLoopback(let host):
            "cannot listen on \(host): nobody has to prove who they are here, so that only this machine itself may "
                + "connect; listen on 127.0.0.1 or ::1, or name a file of tokens"
        case .cannotListen(let reason), .cannotRead(let reason):
            reason
        }
    }
}
