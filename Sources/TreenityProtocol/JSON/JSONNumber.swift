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
}
