extension JSONValue {
    /// JSON's `null`.
    public static let null = JSONValue(canonical: "null")
    /// The empty object.
    public static let emptyObject = JSONValue(canonical: "{}")

    /// A string value.
    public static func string(_ string: String) -> JSONValue {
        JSONValue(canonical: String(decoding: JSONWriter.quoted(string), as: UTF8.self))
    }

    /// An integer value.
    public static func integer(_ integer: some FixedWidthInteger & SignedInteger) -> JSONValue {
        JSONValue(canonical: String(Int64(integer)))
    }

    /// A number; `nil` for infinities and NaN, which JSON does not have.
    public static func number(_ number: Double) -> JSONValue? {
        JSONNumber.canonical(number).map(JSONValue.init(canonical:))
    }

    /// `true` or `false`.
    public static func boolean(_ boolean: Bool) -> JSONValue {
        JSONValue(canonical: boolean ? "true" : "false")
    }

    /// An array of these elements.
    public static func array(_ elements: some Sequence<JSONValue>) -> JSONValue {
        JSONValue(canonical: "[" + elements.map(\.text).joined(separator: ",") + "]")
    }

    /// An object of these members, in this order; of equal keys the last wins.
    public static func object(_ members: some Sequence<Member>) -> JSONValue {
        var writer = JSONWriter()
        var keys: [Range<Int>] = []
        keys.reserveCapacity(members.underestimatedCount)
        writer.beginObject()
        for member in members {
            keys.append(writer.key(escaping: member.key))
            writer.value(member.value)
        }
        writer.endObject()
        // Looked at when all is written: what remembers keys shares the bytes, which would be copied for the next member.
        var seen = SeenKeys()
        guard !keys.allSatisfy({ seen.insert($0, of: writer.bytes) }) else { return JSONValue(canonical: writer.text) }
        var rewriter = JSONRewriter(writer.bytes)
        return JSONValue(canonical: String(decoding: rewriter.rewritten(), as: UTF8.self))
    }

    /// This object with one member set or added; other kinds become an object of this member alone.
    public func setting(_ key: String, to value: JSONValue) -> JSONValue {
        var members = members ?? []
        if let place = members.firstIndex(where: { $0.key.hasSameBytes(as: key) }) {
            members[place].value = value
        } else {
            members.append(Member(key: key, value: value))
        }
        return .object(members)
    }
}

extension JSONValue: ExpressibleByStringLiteral, ExpressibleByIntegerLiteral, ExpressibleByBooleanLiteral,
    ExpressibleByArrayLiteral, ExpressibleByDictionaryLiteral
{
    /// A string value.
    public init(stringLiteral value: String) { self = .string(value) }
    /// An integer value.
    public init(integerLiteral value: Int64) { self = .integer(value) }
    /// `true` or `false`.
    public init(booleanLiteral value: Bool) { self = .boolean(value) }
    /// An array.
    public init(arrayLiteral elements: JSONValue...) { self = .array(elements) }
    /// An object, its members in the order written.
    public init(dictionaryLiteral elements: (String, JSONValue)...) {
        self = .object(elements.map { Member(key: $0.0, value: $0.1) })
    }
}
