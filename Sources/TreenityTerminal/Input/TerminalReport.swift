internal import TreenityUI

/// What a terminal reports beside keys: the mouse, and answers to questions that ``Terminal`` asks.
enum TerminalReport: Equatable {
    case mouse(Mouse)
    /// The colour of the background (xterm's OSC 11).
    case background(Color)
    /// Whether the terminal holds a picture back until it is complete (private mode 2026).
    case synchronizes(Bool)

    /// The report of `ESC [ parameters intermediates final`; `nil` for any other.
    init?(_ parameters: ArraySlice<UInt8>, _ intermediates: ArraySlice<UInt8>, final: UInt8) {
        let text = String(decoding: parameters, as: UTF8.self)
        let numbers = text.dropFirst().split(separator: ";", omittingEmptySubsequences: false).map { Int($0) }
        switch (text.first, String(decoding: intermediates, as: UTF8.self), final) {
        case ("<", "", UInt8(ascii: "M")):
            guard let mouse = TerminalReport.mouse(numbers) else { return nil }
            self = .mouse(mouse)
        case ("?", "$", UInt8(ascii: "y")):
            guard numbers.count == 2, numbers[0] == 2026 else { return nil }
            // Set, not set, and always set; 0 is not known, 4 never set (DECRPM).
            self = .synchronizes([1, 2, 3].contains(numbers[1]))
        default: return nil
        }
    }

    /// xterm's SGR form (mode 1006): buttons and modifiers, column, row, counted from 1. Modifiers are read over; what is
    /// not the main button or the wheel means nothing.
    private static func mouse(_ numbers: [Int?]) -> Mouse? {
        guard numbers.count == 3, let buttons = numbers[0], let column = numbers[1], let row = numbers[2], column > 0,
            row > 0
        else { return nil }
        let modifiers = 4 | 8 | 16
        let position = Screen.Position(row: row - 1, column: column - 1)
        switch buttons & ~modifiers {
        case 0: return Mouse(.press, at: position)
        case 64: return Mouse(.wheelUp, at: position)
        case 65: return Mouse(.wheelDown, at: position)
        default: return nil
        }
    }

    /// The answer in a string of the operating system's (`ESC ]`): `11;rgb:1414/1818/1d1d`; `nil` for any other.
    init?(string: ArraySlice<UInt8>) {
        let text = String(decoding: string, as: UTF8.self)
        guard text.hasPrefix("11;rgb:") || text.hasPrefix("11;rgba:") else { return nil }
        let channels = text.drop { $0 != ":" }.dropFirst().split(separator: "/").map(TerminalReport.channel)
        guard channels.count >= 3, let red = channels[0], let green = channels[1], let blue = channels[2] else {
            return nil
        }
        self = .background(.rgb(red, green, blue))
    }

    /// A channel of one to four hexadecimal digits (XParseColor), scaled to eight bits.
    private static func channel(_ digits: Substring) -> UInt8? {
        guard (1...4).contains(digits.utf8.count), digits.allSatisfy(\.isHexDigit), let value = Int(digits, radix: 16)
        else { return nil }
        return UInt8(value * 255 / ((1 << (4 * digits.utf8.count)) - 1))
    }
}
