/// The members of one JSON object of a message, each at the place where it was found.
///
/// The object is scanned once; then each member is read in place, as what its frame wants it to be.
struct FrameFields {
    private let bytes: [UInt8]
    private var places = InlineArray<33, JSONScanner.Scanned>(repeating: JSONScanner.Scanned(range: 0..<0, notes: []))
    /// The long lists, decoded while they were scanned; `nil` in the elements of lists.
    private(set) var patches: FrameList<Patch>?
    private(set) var nodes: FrameList<Snapshot.Node>?

    /// Takes apart a message that is one object.
    ///
    /// - Throws: ``Refusal`` with `invalid-json`, or `invalid-patch` for JSON that is no object.
    init(_ message: [UInt8]) throws(Refusal) {
        bytes = message
        // The message's own braces are no nesting of what it carries.
        var scanner = JSONScanner(message, depth: -1)
        scanner.skipWhiteSpace()
        let isObject = scanner.isAtObject
        do {
            if isObject { try scan(&scanner, decodingLists: true) } else { _ = try scanner.scanValue() }
            try scanner.expectEnd()
        } catch {
            throw Refusal(.invalidJSON, error.description)
        }
        guard isObject else { throw .noObject }
    }

    /// Takes apart the object that the scanner has come to.
    init(_ scanner: inout JSONScanner, decodingLists: Bool = false) throws(JSONError) {
        bytes = scanner.bytes
        try scan(&scanner, decodingLists: decodingLists)
    }

    private mutating func scan(_ scanner: inout JSONScanner, decodingLists: Bool) throws(JSONError) {
        try scanner.scanMembers { scanner, name throws(JSONError) in
            guard let key = MemberKey(scanner.word(name)) else {
                _ = try scanner.scanValue()
                return
            }
            let isList = decodingLists && (key == .patches || key == .nodes)
            // Of duplicates the last counts.
            places[key.rawValue] = isList ? try scanList(key, &scanner) : try scanner.scanValue()
        }
    }

    @inline(never)
    private mutating func scanList(
        _ key: MemberKey, _ scanner: inout JSONScanner
    ) throws(JSONError) -> JSONScanner.Scanned {
        scanner.skipWhiteSpace()
        if key == .nodes { nodes = nil } else { patches = nil }
        guard scanner.isAtArray else { return try scanner.scanValue() }
        let start = scanner.index
        if key == .nodes {
            nodes = try FrameList(&scanner) { fields throws(Refusal) in try Snapshot.Node(fields) }
        } else {
            patches = try FrameList(&scanner) { fields throws(Refusal) in try Patch(fields) }
        }
        return JSONScanner.Scanned(range: start..<scanner.index, notes: [])
    }
}

extension FrameFields {
    /// The member's place and what was noted in it; `nil` where it is absent.
    func place(_ key: MemberKey) -> JSONScanner.Scanned? {
        let place = places[key.rawValue]
        return place.range.isEmpty ? nil : place
    }

    /// As ``place(_:)``; `null` counts as absent.
    private func scanned(_ key: MemberKey) -> JSONScanner.Scanned? {
        guard let place = place(key), first(place) != UInt8(ascii: "n") else { return nil }
        return place
    }

    private func first(_ place: JSONScanner.Scanned) -> UInt8 { bytes[place.range.lowerBound] }

    private func value(of place: JSONScanner.Scanned) -> JSONValue { JSONScanner(bytes).value(of: place) }

    /// The member as a value. An explicit `null` is one.
    func value(_ key: MemberKey) -> JSONValue? { place(key).map(value(of:)) }

    /// Whether the member is there and not `null`.
    func has(_ key: MemberKey) -> Bool { scanned(key) != nil }

    func boolean(_ key: MemberKey) -> Bool { place(key).map { first($0) == UInt8(ascii: "t") } ?? false }

    func object(_ key: MemberKey) throws(Refusal) -> JSONValue? {
        guard let place = scanned(key) else { return nil }
        guard first(place) == UInt8(ascii: "{") else { throw Refusal(.invalidPatch, "“\(key)” must be an object") }
        return value(of: place)
    }

    func required<T>(_ key: MemberKey, _ value: T?) throws(Refusal) -> T {
        guard let value else { throw Refusal(.invalidPatch, "“\(key)” is missing") }
        return value
    }

    func elements(_ key: MemberKey) throws(Refusal) -> [JSONValue] {
        guard let elements = value(key)?.elements else { throw .noArray(key) }
        return elements
    }

    /// The objects of the array under `key`.
    func list<Element>(
        _ key: MemberKey, _ decode: (FrameFields) throws(Refusal) -> Element
    ) throws(Refusal) -> [Element] {
        var scanner = JSONScanner(bytes, at: place(key)?.range.lowerBound ?? bytes.count)
        guard scanner.isAtArray, let list = try? FrameList(&scanner, decode) else { throw .noArray(key) }
        return try list.get()
    }
}

// MARK: Strings

extension FrameFields {
    private func scannedString(_ key: MemberKey) throws(Refusal) -> JSONScanner.ScannedString? {
        guard let place = scanned(key) else { return nil }
        guard first(place) == UInt8(ascii: "\"") else { throw Refusal(.invalidPatch, "“\(key)” must be a string") }
        let hasEscapes = place.notes.contains(.escape)
        let inner = place.range.lowerBound + 1..<place.range.upperBound - 1
        return JSONScanner.ScannedString(range: inner, hasEscapes: hasEscapes, isSuspicious: hasEscapes)
    }

    func string(_ key: MemberKey) throws(Refusal) -> String? {
        try scannedString(key).map(JSONScanner(bytes).unescaped)
    }

    /// A short string to switch over.
    func word(_ key: MemberKey) throws(Refusal) -> PackedWord? {
        try scannedString(key).map(JSONScanner(bytes).word)
    }

    func path(_ key: MemberKey) throws(Refusal) -> TreePath? {
        guard let string = try scannedString(key) else { return nil }
        guard !string.hasEscapes else { return try TreePath(refusing: JSONScanner(bytes).unescaped(string)) }
        do {
            return try TreePath(parsing: bytes.span.extracting(string.range))
        } catch {
            throw Refusal(.invalidPath, error.description)
        }
    }
}

// MARK: Numbers

extension FrameFields {
    func integer(_ key: MemberKey) throws(Refusal) -> Int64? {
        guard let place = scanned(key) else { return nil }
        guard let integer = JSONNumber.integer(bytes.span, place.range) else {
            throw Refusal(.invalidPatch, "“\(key)” must be an integer")
        }
        return integer
    }

    func count(_ key: MemberKey) throws(Refusal) -> Int? {
        guard let integer = try integer(key) else { return nil }
        guard let count = Int(exactly: integer), count >= 0 else {
            throw Refusal(.invalidPatch, "“\(key)” must not be negative")
        }
        return count
    }

    func sequenceNumber(_ key: MemberKey) throws(Refusal) -> SequenceNumber? {
        try count(key).map { SequenceNumber(Int64($0)) }
    }
}
