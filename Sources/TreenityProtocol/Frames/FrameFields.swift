/// The members of one JSON object that came as a message, taken apart by name.
struct FrameFields {
    private let scanner: JSONScanner
    private let fields: [(key: String, value: JSONScanner.Scanned)]

    /// - Throws: ``Refusal`` with `invalid-json`, or `invalid-patch` for JSON that is no object.
    init(_ bytes: [UInt8]) throws(Refusal) {
        do {
            (scanner, fields) = try FrameFields.scan(bytes)
        } catch {
            let isJSON = (try? JSONValue(parsing: bytes)) != nil
            throw isJSON
                ? Refusal(.invalidPatch, "the message is no JSON object") : Refusal(.invalidJSON, error.description)
        }
    }

    private static func scan(
        _ bytes: [UInt8]
    ) throws(JSONError) -> (JSONScanner, [(key: String, value: JSONScanner.Scanned)]) {
        var scanner = JSONScanner(bytes)
        var fields: [(key: String, value: JSONScanner.Scanned)] = []
        fields.reserveCapacity(8)
        scanner.skipWhiteSpace()
        try scanner.expect(UInt8(ascii: "{"), "the message is no JSON object")
        if try !scanner.consumeClosing(UInt8(ascii: "}")) {
            repeat {
                scanner.skipWhiteSpace()
                let key = try scanner.scanKey()
                let value = try scanner.scanValue()
                fields.append((scanner.unescaped(key), value))
                scanner.skipWhiteSpace()
            } while try scanner.consumeComma(orClosing: UInt8(ascii: "}"))
        }
        try scanner.expectEnd()
        return (scanner, fields)
    }

    /// The member's place and what was noted in it; of duplicates the last; `null` counts as absent.
    func scanned(_ key: String) -> JSONScanner.Scanned? {
        guard let field = place(key) else { return nil }
        return scanner.bytes[field.range.lowerBound] == UInt8(ascii: "n") ? nil : field
    }

    /// The member's place, where it is `null` too.
    func place(_ key: String) -> JSONScanner.Scanned? {
        fields.last { $0.key == key }?.value
    }

    /// The member as a value. An explicit `null` is one.
    func value(_ key: String) -> JSONValue? {
        place(key).map(scanner.value(of:))
    }

    func string(_ key: String) throws(Refusal) -> String? {
        guard let field = scanned(key) else { return nil }
        guard let string = scanner.value(of: field).string else {
            throw Refusal(.invalidPatch, "“\(key)” must be a string")
        }
        return string
    }

    func integer(_ key: String) throws(Refusal) -> Int64? {
        guard let field = scanned(key) else { return nil }
        guard let integer = scanner.value(of: field).integer else {
            throw Refusal(.invalidPatch, "“\(key)” must be an integer")
        }
        return integer
    }

    func count(_ key: String) throws(Refusal) -> Int? {
        guard let integer = try integer(key) else { return nil }
        guard let count = Int(exactly: integer), count >= 0 else {
            throw Refusal(.invalidPatch, "“\(key)” must not be negative")
        }
        return count
    }

    func sequenceNumber(_ key: String) throws(Refusal) -> SequenceNumber? {
        try count(key).map { SequenceNumber(Int64($0)) }
    }

    func boolean(_ key: String) -> Bool { value(key)?.boolean ?? false }

    func object(_ key: String) throws(Refusal) -> JSONValue? {
        guard let field = scanned(key) else { return nil }
        let value = scanner.value(of: field)
        guard value.isObject else { throw Refusal(.invalidPatch, "“\(key)” must be an object") }
        return value
    }

    func elements(_ key: String) throws(Refusal) -> [JSONValue] {
        guard let elements = value(key)?.elements else { throw Refusal(.invalidPatch, "“\(key)” must be an array") }
        return elements
    }

    func path(_ key: String) throws(Refusal) -> TreePath? {
        guard let text = try string(key) else { return nil }
        return try TreePath(refusing: text)
    }

    func required<T>(_ key: String, _ value: T?) throws(Refusal) -> T {
        guard let value else { throw Refusal(.invalidPatch, "“\(key)” is missing") }
        return value
    }
}

extension TreePath {
    /// As ``init(parsing:)``, with the protocol's refusal.
    init(refusing text: String) throws(Refusal) {
        do {
            self = try TreePath(parsing: text)
        } catch {
            throw Refusal(.invalidPath, error.description)
        }
    }
}
