/// Any JSON value (RFC 8259), kept as its canonical text and taken apart only where someone looks.
///
/// A value that arrives is scanned once and copied; most scalars then fit into a string's inline storage and cost no
/// allocation. *Canonical* means: no white space, the shortest escapes, integers of 64 bits as they are, other numbers
/// as the shortest text of their IEEE double, of duplicate keys the last. So two values are equal exactly when their
/// texts have the same bytes.
public struct JSONValue: Sendable {
    /// The canonical JSON text.
    public let text: String

    /// - Precondition: `text` is canonical.
    package init(canonical text: String) {
        self.text = text
    }

    /// Parses a whole JSON text.
    ///
    /// - Throws: ``JSONError`` for anything but exactly one value, for numbers beyond a double, for lone surrogates, for
    ///   bytes that are not UTF-8 and for nesting deeper than ``maximumDepth``.
    /// - Complexity: O(length).
    public init(parsing text: String) throws(JSONError) {
        try self.init(parsing: Array(text.utf8))
    }

    /// Parses a whole JSON text given as UTF-8 bytes; see ``init(parsing:)-(String)``.
    public init(parsing bytes: [UInt8]) throws(JSONError) {
        var scanner = JSONScanner(bytes)
        let scanned = try scanner.scanValue()
        try scanner.expectEnd()
        self = scanned.value(in: bytes)
    }

    /// How deep arrays and objects may be nested.
    public static let maximumDepth = 512

    /// The kinds of JSON value; integers that fit into 64 bits stand apart from other numbers.
    public enum Kind: Sendable {
        case null, boolean, integer, number, string, array, object
    }

    /// What kind of value this is. O(1), but O(length) for numbers.
    public var kind: Kind {
        switch text.utf8.first {
        case UInt8(ascii: "{"): .object
        case UInt8(ascii: "["): .array
        case UInt8(ascii: "\""): .string
        case UInt8(ascii: "t"), UInt8(ascii: "f"): .boolean
        case UInt8(ascii: "n"): .null
        default: Int64(text) == nil ? .number : .integer
        }
    }

    /// Whether this is an object: as a member of a node, a child node and no property.
    public var isObject: Bool { text.utf8.first == UInt8(ascii: "{") }
}

extension JSONValue: Hashable {
    /// Byte for byte, so that strings in different Unicode normalization forms stay different values.
    public static func == (one: JSONValue, other: JSONValue) -> Bool {
        one.text.hasSameBytes(as: other.text)
    }

    /// Hashes the bytes of the text.
    public func hash(into hasher: inout Hasher) {
        text.hashBytes(into: &hasher)
    }
}

extension JSONValue: CustomStringConvertible {
    /// The canonical JSON text.
    public var description: String { text }
}
