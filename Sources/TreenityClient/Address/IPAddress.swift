import Glibc

/// An address of the Internet protocol, as its bytes: 4 or 16. An IPv4 address that is written as one of IPv6 is itself.
struct IPAddress: Hashable, Sendable {
    let bytes: [UInt8]

    /// - Returns: `nil` where the text is none.
    init?(_ text: some StringProtocol) {
        let text = String(text)
        if let bytes = IPAddress.bytes(text, AF_INET, count: 4) {
            self.bytes = bytes
        } else if let bytes = IPAddress.bytes(text, AF_INET6, count: 16) {
            let isMapped = bytes.starts(with: [0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0xFF, 0xFF])
            self.bytes = isMapped ? Array(bytes.suffix(4)) : bytes
        } else {
            return nil
        }
    }

    private static func bytes(_ text: String, _ family: Int32, count: Int) -> [UInt8]? {
        var bytes = [UInt8](repeating: 0, count: count)
        return inet_pton(family, text, &bytes) == 1 ? bytes : nil
    }

    /// Whether it is of this machine.
    var isLoopback: Bool {
        bytes.count == 4 ? bytes[0] == 127 : bytes == [UInt8](repeating: 0, count: 15) + [1]
    }

    /// Whether the first bits are those of another address.
    func hasPrefix(_ length: Int, of other: IPAddress) -> Bool {
        guard bytes.count == other.bytes.count else { return false }
        let whole = length / 8
        guard bytes[..<whole] == other.bytes[..<whole] else { return false }
        let rest = length % 8
        return rest == 0 || (bytes[whole] ^ other.bytes[whole]) >> (8 - rest) == 0
    }
}
