internal import TreenityUI

/// Says what some input begins with.
///
/// Follows xterm's control sequences (DEC VT220 keys, ECMA-48 §5.4), with what the Linux console, rxvt and the keypad in
/// application mode send. Sequences of a terminal's own come from its description, see ``KeyTable``. The modifiers that
/// xterm adds to a key are read over: the arrow with Shift is the arrow. Only Left and Right with Control or Alt are keys of
/// their own.
struct InputGrammar {
    let table: KeyTable

    /// What stands at the beginning, and how many bytes it takes.
    enum Token: Equatable {
        /// More bytes must tell.
        case incomplete
        case key(Key, length: Int)
        /// The mouse, or an answer.
        case report(TerminalReport, length: Int)
        /// Pasted text begins after this.
        case pasteStart(length: Int)
        /// Something that is no key: a report that nobody asked for, a broken character, a key that nobody knows.
        case nothing(length: Int)
    }

    /// Longer than any sequence that a terminal sends unasked.
    static let longestSequence = 128

    /// What bytes, of which there is at least one, begin with.
    ///
    /// - Complexity: O(the length of what is found).
    func token(_ bytes: ArraySlice<UInt8>) -> Token {
        guard let first = bytes.first else { return .incomplete }
        switch first {
        case 0x1B: return sequence(bytes)
        case 0..<0x20, 0x7F: return .key(InputGrammar.control(first), length: 1)
        case 0x20..<0x7F: return .key(.character(Character(Unicode.Scalar(first))), length: 1)
        default: return InputGrammar.character(bytes)
        }
    }

    private static func control(_ byte: UInt8) -> Key {
        switch byte {
        // Terminals do not agree on which of the two Backspace sends.
        case 0x08, 0x7F: .backspace
        case 0x09: .tab
        case 0x0D: .enter
        case 0x01...0x1A: .control(Character(Unicode.Scalar(byte + 0x60)))
        default: .control(Character(Unicode.Scalar(byte + 0x40)))
        }
    }

    private static func character(_ bytes: ArraySlice<UInt8>) -> Token {
        let length =
            switch bytes[bytes.startIndex] {
            case 0xC2...0xDF: 2
            case 0xE0...0xEF: 3
            case 0xF0...0xF4: 4
            default: 1
            }
        let found = bytes.prefix(length)
        let whole = 1 + found.dropFirst().prefix { $0 & 0xC0 == 0x80 }.count
        if whole < length { return whole == bytes.count ? .incomplete : .nothing(length: whole) }
        guard let scalar = String(validating: found, as: UTF8.self)?.unicodeScalars.first,
            scalar.properties.generalCategory != .control
        else { return .nothing(length: length) }
        return .key(.character(Character(scalar)), length: length)
    }

    // MARK: Sequences

    private func sequence(_ bytes: ArraySlice<UInt8>) -> Token {
        switch table.match(bytes) {
        case .key(let key, let length): return .key(key, length: length)
        case .incomplete: return .incomplete
        case .none: break
        }
        guard bytes.count > 1 else { return .incomplete }
        let start = bytes.startIndex + 2
        switch bytes[bytes.startIndex + 1] {
        case UInt8(ascii: "["): return InputGrammar.controlSequence(bytes, from: start)
        case UInt8(ascii: "O"): return InputGrammar.singleShift(bytes, from: start)
        case UInt8(ascii: "P"), UInt8(ascii: "X"), UInt8(ascii: "]"), UInt8(ascii: "^"), UInt8(ascii: "_"):
            return InputGrammar.string(bytes, from: start)
        default: return InputGrammar.alt(bytes)
        }
    }

    /// Escape and something typed: Alt with it, or Escape and then that key, pressed too fast to be told apart. Of keys that
    /// type nothing, Alt is read over, but for Backspace.
    private static func alt(_ bytes: ArraySlice<UInt8>) -> Token {
        let rest = bytes.dropFirst()
        switch rest[rest.startIndex] {
        case 0x08, 0x7F: return .key(.wordBackspace, length: 2)
        case 0..<0x20: return .key(.escape, length: 1)
        default: break
        }
        let typed = rest[rest.startIndex] < 0x80 ? nil : character(rest)
        switch typed {
        case .key(.character(let character), let length): return .key(.alt(character), length: length + 1)
        case .incomplete: return .incomplete
        case .key, .report, .pasteStart, .nothing: return .key(.escape, length: 1)
        case nil: return .key(.alt(Character(Unicode.Scalar(rest[rest.startIndex]))), length: 2)
        }
    }

    /// `ESC [`, parameters, intermediate bytes, a final byte.
    private static func controlSequence(_ bytes: ArraySlice<UInt8>, from start: Int) -> Token {
        guard start < bytes.endIndex else { return .incomplete }
        switch bytes[start] {
        case UInt8(ascii: "["): return consoleFunction(bytes, at: start + 1)
        // The mouse as X10 reported it: three bytes follow.
        case UInt8(ascii: "M"): return bytes.count < 6 ? .incomplete : .nothing(length: 6)
        default: break
        }
        var index = start
        while index < bytes.endIndex, (0x30..<0x40).contains(bytes[index]) { index += 1 }
        let parameters = bytes[start..<index]
        // rxvt ends keys with Shift in what is an intermediate byte elsewhere.
        let isKeyOfRxvt = parameters.allSatisfy { (0x30..<0x3A).contains($0) } && !parameters.isEmpty
        if isKeyOfRxvt, index < bytes.endIndex, bytes[index] == UInt8(ascii: "$") {
            return named(parameters, final: UInt8(ascii: "~"), length: index + 1 - bytes.startIndex)
        }
        let intermediates = bytes[index...].prefix { (0x20..<0x30).contains($0) }
        index = intermediates.endIndex
        let length = index - bytes.startIndex
        guard length <= longestSequence else { return .nothing(length: length) }
        guard index < bytes.endIndex else { return .incomplete }
        // What may not stand here breaks the sequence off, and counts again by itself.
        guard (0x40..<0x7F).contains(bytes[index]) else { return .nothing(length: length) }
        if let report = TerminalReport(parameters, intermediates, final: bytes[index]) {
            return .report(report, length: length + 1)
        }
        return named(parameters, final: bytes[index], length: length + 1)
    }

    private static func named(_ parameters: ArraySlice<UInt8>, final: UInt8, length: Int) -> Token {
        if final == UInt8(ascii: "~"), parameters.elementsEqual("200".utf8) { return .pasteStart(length: length) }
        return KeyNames.controlSequence(parameters, final: final).map { .key($0, length: length) }
            ?? .nothing(length: length)
    }

    /// F1 to F5 of the Linux console: `ESC [ [` and a letter.
    private static func consoleFunction(_ bytes: ArraySlice<UInt8>, at index: Int) -> Token {
        guard index < bytes.endIndex else { return .incomplete }
        let number = Int(bytes[index]) - Int(UInt8(ascii: "A")) + 1
        return (1...5).contains(number) ? .key(.function(number), length: 4) : .nothing(length: 4)
    }

    /// `ESC O`, perhaps a modifier's digit, a letter.
    private static func singleShift(_ bytes: ArraySlice<UInt8>, from start: Int) -> Token {
        guard let index = bytes[start...].firstIndex(where: { !(0x30..<0x3A).contains($0) }) else {
            return bytes.count <= longestSequence ? .incomplete : .nothing(length: bytes.count)
        }
        let length = index - bytes.startIndex
        guard (0x20..<0x7F).contains(bytes[index]) else { return .nothing(length: length) }
        return KeyNames.singleShift(bytes[index]).map { .key($0, length: length + 1) } ?? .nothing(length: length + 1)
    }

    /// An answer of the terminal's to a question, ours or somebody's before, up to its terminator.
    private static func string(_ bytes: ArraySlice<UInt8>, from start: Int) -> Token {
        guard let end = bytes[start...].firstIndex(where: { $0 == 0x07 || $0 == 0x1B }) else {
            return bytes.count <= 32 * longestSequence ? .incomplete : .nothing(length: bytes.count)
        }
        var length = end - bytes.startIndex
        if bytes[end] == 0x07 {
            length += 1
        } else {
            guard end + 1 < bytes.endIndex else { return .incomplete }
            if bytes[end + 1] == UInt8(ascii: "\\") { length += 2 }
        }
        let isOfSystem = bytes[bytes.startIndex + 1] == UInt8(ascii: "]")
        let report = isOfSystem ? TerminalReport(string: bytes[start..<end]) : nil
        return report.map { .report($0, length: length) } ?? .nothing(length: length)
    }
}
