/// The members of one JSON object of a message, each at the place where it was found.
///
/// The object is scanned once; then each member is read in place, as what its frame wants it to be. Reading is mutating
/// only so that the table of places is looked at where it lies: a copy of it for each look costs more than the scan.
struct FrameFields {
    private let bytes: [UInt8]
    private var places = InlineArray<33, JSONScanner.Scanned>(repeating: .absent)
    /// The long lists, decoded while they were scanned; `nil` in the elements of lists.
    private(set) var patches: FrameList<Patch>?
    private(set) var nodes: FrameList<Snapshot.Node>?

    /// Members of an object in this message, none of them found yet.
    init(in message: [UInt8]) {
        bytes = message
    }

    /// Takes apart the message that a scanner has come to, which is to be one object.
    ///
    /// - Throws: ``Refusal`` with `invalid-json`, or `invalid-patch` for JSON that is no object.
    mutating func scanMessage(_ scanner: inout JSONScanner) throws(Refusal) {
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
    mutating func scan(_ scanner: inout JSONScanner, decodingLists: Bool = false) throws(JSONError) {
        guard try scanner.beginObject() else { return }
        repeat {
            let key = MemberKey(try scanner.scanKeyWord())
            let isList = decodingLists && (key == .patches || key == .nodes)
            let place = isList ? try scanList(key, &scanner) : try scanner.scanValue()
            // Of duplicates the last counts.
            if let key { places[key.rawValue] = place }
        } while try scanner.continues(until: UInt8(ascii: "}"))
    }

    @inline(never)
    private mutating func scanList(
        _ key: MemberKey?, _ scanner: inout JSONScanner
    ) throws(JSONError) -> JSONScanner.Scanned {
        scanner.skipWhiteSpace()
        if key == .nodes { nodes = nil } else { patches = nil }
        guard scanner.isAtArray else { return try scanner.scanValue() }
        let start = scanner.index
        if key == .nodes {
            nodes = try FrameList(&scanner) { fields throws(Refusal) in try Snapshot.Node(&fields) }
        } else {
            patches = try FrameList(&scanner) { fields throws(Refusal) in try Patch(&fields) }
        }
        return JSONScanner.Scanned(from: start, to: scanner.index, notes: [])
    }
}

extension FrameFields {
    /// The member's place and what was noted in it; `nil` where it is absent.
    mutating func place(_ key: MemberKey) -> JSONScanner.Scanned? {
        let place = places[key.rawValue]
        return place.isAbsent ? nil : place
    }

    private func first(_ place: JSONScanner.Scanned) -> UInt8 { bytes[place.range.lowerBound] }

    /// `null` counts as absent, but where any value is wanted.
    private func isNull(_ place: JSONScanner.Scanned) -> Bool { first(place) == UInt8(ascii: "n") }

    @inline(never)
    private static func mustBe(_ kind: StaticString, _ key: MemberKey) -> Refusal {
        Refusal(.invalidPatch, "“\(key)” must be \(kind)")
    }

    /// The member as a value. An explicit `null` is one.
    mutating func value(_ key: MemberKey) -> JSONValue? { place(key)?.value(in: bytes) }

    /// Whether the member is there and not `null`.
    mutating func has(_ key: MemberKey) -> Bool {
        place(key).map { !isNull($0) } ?? false
    }

    mutating func boolean(_ key: MemberKey) -> Bool {
        guard let place = place(key) else { return false }
        return first(place) == UInt8(ascii: "t")
    }

    mutating func object(_ key: MemberKey) throws(Refusal) -> JSONValue? {
        guard let place = place(key) else { return nil }
        if first(place) == UInt8(ascii: "{") { return place.value(in: bytes) }
        guard isNull(place) else { throw FrameFields.mustBe("an object", key) }
        return nil
    }

    func required<T>(_ key: MemberKey, _ value: T?) throws(Refusal) -> T {
        guard let value else { throw Refusal(.invalidPatch, "“\(key)” is missing") }
        return value
    }

    mutating func elements(_ key: MemberKey) throws(Refusal) -> [JSONValue] {
        guard let elements = value(key)?.elements else { throw .noArray(key) }
        return elements
    }

    /// The strings that the object under `key` has as the members `first` and `second`.
    mutating func strings(
        _ key: MemberKey, _ first: PackedWord, _ second: PackedWord
    ) -> (first: String?, second: String?) {
        var strings: (first: String?, second: String?)
        guard let place = place(key) else { return strings }
        var scanner = JSONScanner(bytes, at: place.range.lowerBound)
        guard scanner.isAtObject else { return strings }
        // Scanned before: nothing is thrown.
        guard (try? scanner.beginObject()) == true else { return strings }
        repeat {
            guard let name = try? scanner.scanKeyWord(), let value = try? scanner.scanValue() else { break }
            if name == first { strings.first = value.string(in: bytes)?.text(in: bytes) }
            if name == second { strings.second = value.string(in: bytes)?.text(in: bytes) }
        } while (try? scanner.continues(until: UInt8(ascii: "}"))) == true
        return strings
    }

    /// The objects of the array under `key`.
    mutating func list<Element>(
        _ key: MemberKey, _ decode: (inout FrameFields) throws(Refusal) -> Element
    ) throws(Refusal) -> [Element] {
        var scanner = JSONScanner(bytes, at: place(key)?.range.lowerBound ?? bytes.count)
        guard scanner.isAtArray, let list = try? FrameList(&scanner, decode) else { throw .noArray(key) }
        return try list.get()
    }
}

// MARK: Strings

extension FrameFields {
    private mutating func scannedString(_ key: MemberKey) throws(Refusal) -> JSONScanner.ScannedString? {
        guard let place = place(key) else { return nil }
        if let string = place.string(in: bytes) { return string }
        guard isNull(place) else { throw FrameFields.mustBe("a string", key) }
        return nil
    }

    mutating func string(_ key: MemberKey) throws(Refusal) -> String? {
        try scannedString(key)?.text(in: bytes)
    }

    /// The member where it is a string; `nil` for all else.
    mutating func stringIfAny(_ key: MemberKey) -> String? {
        place(key)?.string(in: bytes)?.text(in: bytes)
    }

    /// A short string to switch over.
    mutating func word(_ key: MemberKey) throws(Refusal) -> PackedWord? {
        try scannedString(key)?.word(in: bytes)
    }

    mutating func path(_ key: MemberKey) throws(Refusal) -> TreePath? {
        guard let string = try scannedString(key) else { return nil }
        guard !string.hasEscapes else { return try TreePath(refusing: string.text(in: bytes)) }
        do {
            return try TreePath(parsing: bytes.span.extracting(string.range))
        } catch {
            throw Refusal(.invalidPath, error.description)
        }
    }
}

// MARK: Numbers

extension FrameFields {
    mutating func integer(_ key: MemberKey) throws(Refusal) -> Int64? {
        guard let place = place(key) else { return nil }
        if let integer = JSONNumber.integer(bytes.span.extracting(place.range)) { return integer }
        guard isNull(place) else { throw FrameFields.mustBe("an integer", key) }
        return nil
    }

    mutating func count(_ key: MemberKey) throws(Refusal) -> Int? {
        guard let integer = try integer(key) else { return nil }
        guard let count = Int(exactly: integer), count >= 0 else {
            throw Refusal(.invalidPatch, "“\(key)” must not be negative")
        }
        return count
    }

    mutating func sequenceNumber(_ key: MemberKey) throws(Refusal) -> SequenceNumber? {
        try count(key).map { SequenceNumber(Int64($0)) }
    }
}
