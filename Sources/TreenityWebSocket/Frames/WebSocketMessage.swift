/// One whole message, put together from its frames.
public enum WebSocketMessage: Hashable, Sendable {
    /// Valid UTF-8.
    case text([UInt8])
    /// Any bytes.
    case binary([UInt8])

    /// The bytes of the message.
    public var bytes: [UInt8] {
        switch self {
        case .text(let bytes), .binary(let bytes): bytes
        }
    }
}
