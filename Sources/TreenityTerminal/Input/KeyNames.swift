internal import TreenityUI

/// The keys that the parts of a sequence name.
enum KeyNames {
    /// The key of `ESC [ parameters final`.
    static func controlSequence(_ parameters: ArraySlice<UInt8>, final: UInt8) -> Key? {
        guard parameters.allSatisfy({ (0x30...0x3B).contains($0) }) else { return nil }
        let first = Int(String(decoding: parameters.prefix { $0 != UInt8(ascii: ";") }, as: UTF8.self))
        switch final {
        // With Shift, Control and both rxvt ends them differently.
        case UInt8(ascii: "~"), UInt8(ascii: "^"), UInt8(ascii: "@"): return first.flatMap(numbered)
        case UInt8(ascii: "Z"): return .backTab
        // F1 to F4 with modifiers. Other first numbers are positions: the answer to a question about the cursor.
        case UInt8(ascii: "P")...UInt8(ascii: "S"): return first ?? 1 == 1 ? singleShift(final) : nil
        case UInt8(ascii: "C"), UInt8(ascii: "D"):
            guard isByWords(parameters) else { return singleShift(final) }
            return final == UInt8(ascii: "C") ? .wordRight : .wordLeft
        case UInt8(ascii: "A")...UInt8(ascii: "H"): return singleShift(final)
        // rxvt's with Shift.
        case UInt8(ascii: "a")...UInt8(ascii: "d"): return singleShift(final - 0x20)
        default: return nil
        }
    }

    /// Whether the modifiers, one more than the sum of Shift 1, Alt 2, Control 4 and Meta 8, hold Control or Alt.
    private static func isByWords(_ parameters: ArraySlice<UInt8>) -> Bool {
        let numbers = parameters.split(separator: UInt8(ascii: ";")).map { Int(String(decoding: $0, as: UTF8.self)) }
        guard numbers.count == 2, let modifiers = numbers[1], (1...16).contains(modifiers) else { return false }
        return (modifiers - 1) & 6 != 0
    }

    /// The key of `ESC O final`.
    static func singleShift(_ final: UInt8) -> Key? {
        switch final {
        case UInt8(ascii: "A"), UInt8(ascii: "a"): .up
        case UInt8(ascii: "B"), UInt8(ascii: "b"): .down
        case UInt8(ascii: "C"): .right
        case UInt8(ascii: "D"): .left
        // rxvt's with Control.
        case UInt8(ascii: "c"): .wordRight
        case UInt8(ascii: "d"): .wordLeft
        case UInt8(ascii: "H"): .home
        case UInt8(ascii: "F"): .end
        case UInt8(ascii: "M"): .enter
        case UInt8(ascii: "I"): .tab
        case UInt8(ascii: "P")...UInt8(ascii: "S"): .function(Int(final - UInt8(ascii: "P")) + 1)
        // The keypad in application mode: the characters on its keys, moved up by 64.
        case UInt8(ascii: "j")...UInt8(ascii: "y"): .character(Character(Unicode.Scalar(final - 0x40)))
        default: nil
        }
    }

    /// The key of `ESC [ number ~`, as the VT220 counted them.
    private static func numbered(_ number: Int) -> Key? {
        switch number {
        case 1, 7: .home
        case 2: .insert
        case 3: .delete
        case 4, 8: .end
        case 5: .pageUp
        case 6: .pageDown
        case 11...15: .function(number - 10)
        case 17...21: .function(number - 11)
        case 23, 24: .function(number - 12)
        default: nil
        }
    }
}
