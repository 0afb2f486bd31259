extension JSONValue {
    /// One member of an object.
    public struct Member: Hashable, Sendable {
        /// The key, unescaped.
        public var key: String
        /// The value.
        public var value: JSONValue

        /// A member of these parts.
        public init(key: String, value: JSONValue) {
            self.key = key
            self.value = value
        }
    }

    /// The string, unescaped; `nil` for other kinds. O(length).
    public var string: String? {
        guard text.utf8.first == UInt8(ascii: "\"") else { return nil }
        let inner = text.utf8.dropFirst().dropLast()
        guard inner.contains(UInt8(ascii: "\\")) else { return String(inner) }
        var reader = JSONReader(Array(text.utf8))
        return reader.string()
    }

    /// The number where it is an integer of 64 bits; `nil` for all else.
    public var integer: Int64? { Int64(text) }

    /// Any number as a double (integers beyond 2^53 lose digits); `nil` for other kinds.
    public var double: Double? {
        switch kind {
        case .integer, .number: Double(text)
        case .null, .boolean, .string, .array, .object: nil
        }
    }

    /// The truth value; `nil` for other kinds.
    public var boolean: Bool? {
        switch text {
        case "true": true
        case "false": false
        default: nil
        }
    }

    /// The members of an object, in order; `nil` for other kinds. O(length).
    public var members: [Member]? {
        guard isObject else { return nil }
        var members: [Member] = []
        var reader = JSONReader(Array(text.utf8))
        reader.enter()
        while reader.hasNext(closing: UInt8(ascii: "}")) {
            let key = reader.string()
            reader.skipColon()
            let value = JSONValue(canonical: String(decoding: reader.value(), as: UTF8.self))
            members.append(Member(key: key, value: value))
        }
        return members
    }

    /// The elements of an array; `nil` for other kinds. O(length).
    public var elements: [JSONValue]? {
        guard text.utf8.first == UInt8(ascii: "[") else { return nil }
        var elements: [JSONValue] = []
        var reader = JSONReader(Array(text.utf8))
        reader.enter()
        while reader.hasNext(closing: UInt8(ascii: "]")) {
            elements.append(JSONValue(canonical: String(decoding: reader.value(), as: UTF8.self)))
        }
        return elements
    }

    /// The member of an object under this key, compared byte for byte. O(length).
    public subscript(key: String) -> JSONValue? {
        members?.first { $0.key.hasSameBytes(as: key) }?.value
    }
}
