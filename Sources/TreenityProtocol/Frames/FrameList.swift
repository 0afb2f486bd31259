/// The objects of an array, each decoded when it was scanned, up to the first that was refused.
struct FrameList<Element> {
    private(set) var elements: [Element] = []
    /// Why the element after ``elements`` was refused.
    private(set) var refusal: Refusal?

    /// Scans the array that the scanner has come to, all of it: malformed JSON matters more than what is refused.
    init(
        _ scanner: inout JSONScanner, _ decode: (inout FrameFields) throws(Refusal) -> Element
    ) throws(JSONError) {
        guard try scanner.beginArray() else { return }
        repeat {
            try scanElement(&scanner, decode)
        } while try scanner.continues(until: UInt8(ascii: "]"))
    }

    private mutating func scanElement(
        _ scanner: inout JSONScanner, _ decode: (inout FrameFields) throws(Refusal) -> Element
    ) throws(JSONError) {
        scanner.skipWhiteSpace()
        guard refusal == nil, scanner.isAtObject else {
            refusal = refusal ?? .noObject
            _ = try scanner.scanValue()
            return
        }
        var fields = FrameFields(in: scanner.bytes)
        try fields.scan(&scanner)
        do {
            elements.append(try decode(&fields))
        } catch {
            refusal = error
        }
    }

    /// All elements.
    func get() throws(Refusal) -> [Element] {
        if let refusal { throw refusal }
        return elements
    }
}

extension Refusal {
    static let noObject = Refusal(.invalidPatch, "the message is no JSON object")

    static func noArray(_ key: MemberKey) -> Refusal { Refusal(.invalidPatch, "“\(key)” must be an array") }
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
