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

    /// The integer of 64 bits that a valid JSON value spells; `nil` for all else.
    static func integer(_ bytes: Span<UInt8>) -> Int64? {
        // Longer ones may overflow, and “-0” is a double.
        guard bytes.count <= 18, bytes[0] != UInt8(ascii: "-") else { return unusualInteger(bytes) }
        return Digits.value(bytes)
    }

    @inline(never)
    private static func unusualInteger(_ bytes: Span<UInt8>) -> Int64? {
        let literal = String(utf8: bytes)
        return literal == "-0" ? nil : Int64(literal)
    }
}
