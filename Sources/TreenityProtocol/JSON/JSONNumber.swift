/// The canonical spelling of JSON numbers.
enum JSONNumber {
    /// Integers from −2^63 to 2^63−1 as they are, all else as the shortest text of the nearest double.
    ///
    /// `nil` for what overflows a double. `-0` is the double −0.
    static func canonical(_ literal: String) -> String? {
        if literal != "-0", let integer = Int64(literal) { return String(integer) }
        guard let number = Double(literal) else { return nil }
        return canonical(number)
    }

    /// The shortest text that reads back as this double; `nil` for infinities and NaN.
    static func canonical(_ number: Double) -> String? {
        number.isFinite ? number.description : nil
    }

    /// The integer of 64 bits that a valid JSON value in `range` spells; `nil` for all else.
    static func integer(_ bytes: Span<UInt8>, _ range: Range<Int>) -> Int64? {
        let isNegative = bytes[range.lowerBound] == UInt8(ascii: "-")
        var negated: Int64 = 0
        for place in range.dropFirst(isNegative ? 1 : 0) {
            let digit = bytes[place] &- UInt8(ascii: "0")
            guard digit < 10 else { return nil }
            // Counted downwards, where one integer more lies than upwards.
            let (tenfold, overflows) = negated.multipliedReportingOverflow(by: 10)
            let (next, underflows) = tenfold.subtractingReportingOverflow(Int64(digit))
            guard !overflows, !underflows else { return nil }
            negated = next
        }
        // “-0” is a double.
        if isNegative { return negated == 0 ? nil : negated }
        return negated == .min ? nil : -negated
    }
}
