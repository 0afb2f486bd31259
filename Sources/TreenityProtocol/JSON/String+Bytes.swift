/// Swift compares strings by canonical equivalence; the protocol's names and values are compared byte for byte.
extension String {
    /// The text that bytes spell which were found to be UTF-8.
    package init(utf8 bytes: Span<UInt8>) {
        guard let text = try? UTF8Span(validating: bytes) else {
            preconditionFailure("bytes that were found to be UTF-8 are none")
        }
        self.init(copying: text)
    }

    func appendBytes(to bytes: inout [UInt8]) {
        // At once, where the string keeps its bytes as they are; nearly every one does.
        let appended: Void? = utf8.withContiguousStorageIfAvailable { bytes.append(contentsOf: $0) }
        if appended == nil { bytes.append(contentsOf: utf8) }
    }

    package func hasSameBytes(as other: String) -> Bool {
        // Equal bytes imply equal strings. What is equivalent to ASCII (nearly all of it) and as long is the same.
        guard utf8.count == other.utf8.count, self == other else { return false }
        return utf8Span.isKnownASCII || utf8.elementsEqual(other.utf8)
    }

    func precedesInBytes(_ other: String) -> Bool {
        utf8.lexicographicallyPrecedes(other.utf8)
    }

    package func hashBytes(into hasher: inout Hasher) {
        let hashed: Void? = utf8.withContiguousStorageIfAvailable { hasher.combine(bytes: UnsafeRawBufferPointer($0)) }
        if hashed == nil {
            for byte in utf8 { hasher.combine(byte) }
        }
        hasher.combine(UInt8(0xFF))
    }
}
