/// What one node or property is called under its parent: 1 to 255 bytes of UTF-8 without control characters
/// (U+0000–1F, U+007F–9F), and neither `.` nor `..`. Compared byte for byte.
public struct Name: Sendable {
    /// The name, unescaped.
    public let text: String

    /// The longest name, in bytes of UTF-8.
    public static let maximumBytes = 255

    /// Takes a name as it is, without escapes.
    ///
    /// - Throws: ``PathError`` where the rules above are broken.
    public init(_ text: String) throws(PathError) {
        guard Name.isValid(text) else { throw PathError(Name.complaint(about: text)) }
        self.text = text
    }

    /// - Precondition: `text` is a valid name.
    package init(valid text: String) {
        self.text = text
    }

    /// Whether a text may be a name.
    public static func isValid(_ text: String) -> Bool {
        guard 1...maximumBytes ~= text.utf8.count, text != ".", text != ".." else { return false }
        return !text.unicodeScalars.contains(where: isControl)
    }

    static func isDots(_ bytes: ArraySlice<UInt8>) -> Bool {
        bytes.count <= 2 && bytes.allSatisfy { $0 == UInt8(ascii: ".") }
    }

    private static func isControl(_ scalar: Unicode.Scalar) -> Bool {
        scalar.value < 0x20 || 0x7F...0x9F ~= scalar.value
    }

    private static func complaint(about text: String) -> String {
        if text.isEmpty { return "a name is empty" }
        if text == "." || text == ".." { return "“\(text)” cannot be a name" }
        if text.utf8.count > maximumBytes { return "a name is longer than \(maximumBytes) bytes" }
        return "a name holds a control character"
    }

    /// The name as a segment of a path: `~` as `~0`, `/` as `~1` (RFC 6901).
    public var escaped: String {
        guard text.utf8.contains(where: { $0 == UInt8(ascii: "~") || $0 == UInt8(ascii: "/") }) else { return text }
        // By scalars: a combining mark after "~" or "/" makes one character with it.
        var escaped = String.UnicodeScalarView()
        for scalar in text.unicodeScalars {
            switch scalar {
            case "~": escaped.append(contentsOf: "~0".unicodeScalars)
            case "/": escaped.append(contentsOf: "~1".unicodeScalars)
            default: escaped.append(scalar)
            }
        }
        return String(escaped)
    }
}

extension Name: Hashable, Comparable, CustomStringConvertible {
    /// Byte for byte.
    public static func == (one: Name, other: Name) -> Bool { one.text.hasSameBytes(as: other.text) }

    /// By the order of the bytes.
    public static func < (one: Name, other: Name) -> Bool { one.text.precedesInBytes(other.text) }

    /// Hashes the bytes.
    public func hash(into hasher: inout Hasher) { text.hashBytes(into: &hasher) }

    /// The name, unescaped.
    public var description: String { text }
}

extension Name: ExpressibleByStringLiteral {
    /// - Precondition: the literal is a valid name.
    public init(stringLiteral value: String) {
        precondition(Name.isValid(value), "not a name: \(value)")
        text = value
    }
}
