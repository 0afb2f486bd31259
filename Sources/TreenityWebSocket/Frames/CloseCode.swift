/// Why a WebSocket connection is closed (RFC 6455, section 7.4).
public struct CloseCode: Hashable, Sendable, RawRepresentable {
    /// The code on the wire.
    public let rawValue: UInt16

    /// The code with this number on the wire.
    public init(rawValue: UInt16) {
        self.rawValue = rawValue
    }

    private init(_ rawValue: UInt16) {
        self.rawValue = rawValue
    }

    /// All was said.
    public static let normal = CloseCode(1000)
    /// One end goes away, as a server that goes down.
    public static let goingAway = CloseCode(1001)
    /// The peer broke the protocol.
    public static let protocolError = CloseCode(1002)
    /// A kind of message that is not taken, as binary where text is expected.
    public static let unacceptableData = CloseCode(1003)
    /// Text that is not UTF-8.
    public static let invalidText = CloseCode(1007)
    /// Against the rules of this end.
    public static let policyViolation = CloseCode(1008)
    /// A message beyond the limit.
    public static let messageTooBig = CloseCode(1009)
    /// This end failed.
    public static let internalError = CloseCode(1011)
    /// Overload: try again later.
    public static let tryAgainLater = CloseCode(1013)

    /// Whether the code may stand in a close frame: 1004–1006 and 1015 are for use inside of one end only, the others
    /// are registered (1000–1014), for libraries (3000–3999) or for applications (4000–4999).
    public var isSendable: Bool {
        switch rawValue {
        case 1004...1006: false
        case 1000...1014, 3000...4999: true
        default: false
        }
    }
}
