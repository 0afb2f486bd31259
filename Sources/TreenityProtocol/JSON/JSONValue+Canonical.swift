extension JSONValue {
    /// Where the value ends that begins at this place; `nil` where none begins, or one that canonical text would spell
    /// differently. O(length).
    package static func endOfCanonical(in bytes: [UInt8], from start: Int) -> Int? {
        var scanner = JSONScanner(bytes, at: start)
        guard let scanned = try? scanner.scanValue(), scanned.range.lowerBound == start,
            !scanned.notes.contains(.needsRewriting)
        else { return nil }
        return scanned.range.upperBound
    }
}
