/// What a close frame says.
public struct CloseReason: Hashable, Sendable {
    /// Why; `nil` where the frame is empty.
    public var code: CloseCode?
    /// The same for a person; at most ``maximumTextBytes`` bytes of UTF-8 are sent.
    public var text: String

    /// A control frame holds 125 bytes, two of them the code.
    public static let maximumTextBytes = 123

    /// A reason of these parts.
    public init(_ code: CloseCode?, _ text: String = "") {
        self.code = code
        self.text = text
    }
}

extension CloseReason: CustomStringConvertible {
    /// `1009 a message is longer than 65536 bytes`.
    public var description: String {
        [code.map { "\($0.rawValue)" }, text].compactMap(\.self).filter { !$0.isEmpty }.joined(separator: " ")
    }
}

extension CloseReason {
    /// The payload of the close frame.
    var payload: [UInt8] {
        guard let code else { return [] }
        return [UInt8(code.rawValue >> 8), UInt8(code.rawValue & 0xFF)] + clipped.utf8
    }

    /// As much of the text as fits, in whole characters.
    private var clipped: String {
        var bytes = 0
        return String(
            text.prefix { character in
                bytes += character.utf8.count
                return bytes <= CloseReason.maximumTextBytes
            })
    }
}
