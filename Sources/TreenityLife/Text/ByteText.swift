/// The kernel's files are read as bytes: names in them are any bytes, and splitting bytes is cheap.
typealias ByteText = ArraySlice<UInt8>

extension ArraySlice<UInt8> {
    /// The lines, without empty ones.
    var lines: [ByteText] { split(separator: UInt8(ascii: "\n")) }

    /// What blanks and tabs set apart, the first `limit` of it.
    func fields(limit: Int = .max) -> [ByteText] {
        let fields = split(maxSplits: limit, whereSeparator: { $0 == UInt8(ascii: " ") || $0 == UInt8(ascii: "\t") })
        return fields.count > limit ? fields.dropLast() : fields
    }

    /// The decimal integer that this is; `nil` for anything else, and beyond 64 bits.
    var integer: Int64? {
        let digits = first == UInt8(ascii: "-") ? dropFirst() : self
        guard !digits.isEmpty else { return nil }
        var value: Int64 = 0
        for byte in digits {
            guard UInt8(ascii: "0")...UInt8(ascii: "9") ~= byte else { return nil }
            let (tens, isTooLong) = value.multipliedReportingOverflow(by: 10)
            let (sum, isTooLarge) = tens.addingReportingOverflow(Int64(byte - UInt8(ascii: "0")))
            guard !isTooLong, !isTooLarge else { return nil }
            value = sum
        }
        return digits.count == count ? value : -value
    }

    /// The text, with U+FFFD for what is not UTF-8.
    var text: String { String(decoding: self, as: UTF8.self) }

    /// The text without blanks and line ends around it; `nil` where nothing remains.
    var trimmed: String? {
        guard let start = firstIndex(where: { $0 > 0x20 }), let end = lastIndex(where: { $0 > 0x20 }) else {
            return nil
        }
        return self[start...end].text
    }

    /// What follows `prefix`; `nil` where this does not start with it.
    func dropping(prefix: StaticString) -> ByteText? {
        let count = prefix.utf8CodeUnitCount
        return prefix.withUTF8Buffer { starts(with: $0) } ? dropFirst(count) : nil
    }
}
