/// What becomes of one character on the screen.
enum ScalarDisplay {
    /// Shown as it is, in so many columns.
    case columns(Int)
    /// Sits on the character before it.
    case mark
    /// Shown as something visible instead.
    case substitute(String)
    /// Left out: it would only change how its neighbour is drawn.
    case hidden

    var width: Int {
        switch self {
        case .columns(let width): width
        case .substitute(let text): text.unicodeScalars.count
        case .mark, .hidden: 0
        }
    }

    init(_ scalar: Unicode.Scalar) {
        switch scalar.value {
        // Most text, and the lines between the panes.
        case 0x20..<0x7F, 0x2500..<0x2580: self = .columns(1)
        case 0..<0x20: self = .substitute(String(Unicode.Scalar(0x2400 + scalar.value) ?? "?"))
        case 0x7F: self = .substitute("\u{2421}")
        case 0xFE00...0xFE0F: self = .hidden
        // Conjoining vowels and final consonants of Hangul.
        case 0x1160...0x11FF, 0xD7B0...0xD7FF: self = .mark
        // Fillers that look like nothing.
        case 0x115F, 0x3164, 0xFFA0, 0x2800: self = ScalarDisplay.named(scalar)
        default: self = ScalarDisplay.byCategory(scalar)
        }
    }

    /// A joiner between the pictures of one emoji is left out; elsewhere it is as invisible as others of its kind.
    static func joiner(after previous: Unicode.Scalar?) -> ScalarDisplay {
        let isInEmoji = previous.map { $0.value > 0xFF && $0.properties.isEmoji } ?? false
        return isInEmoji ? .hidden : named("\u{200D}")
    }

    private static func byCategory(_ scalar: Unicode.Scalar) -> ScalarDisplay {
        switch scalar.properties.generalCategory {
        case .nonspacingMark, .enclosingMark:
            .mark
        case .control, .format, .surrogate, .privateUse, .unassigned, .lineSeparator, .paragraphSeparator:
            named(scalar)
        case .spaceSeparator:
            scalar.value == 0x3000 ? .columns(2) : .columns(1)
        default:
            .columns(WideScalars.contains(scalar) ? 2 : 1)
        }
    }

    /// The character's number, in angle quotes.
    private static func named(_ scalar: Unicode.Scalar) -> ScalarDisplay {
        .substitute("‹" + String(scalar.value, radix: 16, uppercase: true) + "›")
    }
}
