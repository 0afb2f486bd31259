/// The order in which a person looks for names: 9 before 10, capitals beside small letters.
public enum NaturalOrder {
    /// Whether `one` comes before `other`. Total: names of which neither does are equal byte for byte.
    ///
    /// - Complexity: O(length).
    public static func precedes(_ one: String, _ other: String) -> Bool {
        var left = Substring(one).utf8
        var right = Substring(other).utf8
        while let a = left.first, let b = right.first {
            if isDigit(a), isDigit(b) {
                let first = takeNumber(&left)
                let second = takeNumber(&right)
                if first.count != second.count { return first.count < second.count }
                if !first.elementsEqual(second) { return first.lexicographicallyPrecedes(second) }
            } else {
                let (x, y) = (folded(a), folded(b))
                if x != y { return x < y }
                left.removeFirst()
                right.removeFirst()
            }
        }
        if left.isEmpty != right.isEmpty { return left.isEmpty }
        return one.utf8.lexicographicallyPrecedes(other.utf8)
    }

    private static func isDigit(_ byte: UInt8) -> Bool { UInt8(ascii: "0")...UInt8(ascii: "9") ~= byte }

    private static func folded(_ byte: UInt8) -> UInt8 {
        UInt8(ascii: "A")...UInt8(ascii: "Z") ~= byte ? byte | 0x20 : byte
    }

    /// The digits at the start, without leading zeros.
    private static func takeNumber(_ text: inout Substring.UTF8View) -> Substring.UTF8View {
        let digits = text.prefix(while: isDigit)
        text = text.dropFirst(digits.count)
        return digits.drop { $0 == UInt8(ascii: "0") }
    }
}
