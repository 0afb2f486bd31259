extension JSONValue {
    /// Where the canonical value ends that begins at this place; `nil` where none begins. O(length).
    package static func endOfCanonical(in bytes: [UInt8], from start: Int) -> Int? {
        var scanner = JSONScanner(bytes, at: start)
        guard let scanned = try? scanner.scanValue(), scanned.range.lowerBound == start else { return nil }
        // Some escapes are noted although there is no shorter way to spell them.
        guard !scanned.notes.contains(.needsRewriting) || scanned.isCanonical(in: bytes) else { return nil }
        return scanned.range.upperBound
    }
}

extension JSONScanner.Scanned {
    fileprivate func isCanonical(in bytes: [UInt8]) -> Bool {
        value(in: bytes).text.utf8.elementsEqual(bytes[range])
    }
}
