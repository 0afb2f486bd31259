/// Text that is safe to write to a terminal, and the columns that it takes there.
///
/// What a server sends is data: controls, bidirectional overrides and other invisible characters become visible
/// substitutes, so that nothing in it can act on the terminal or hide. Joined emoji are shown one beside the other and
/// variation selectors are left out: then every terminal, clustering or not, takes the same number of columns.
public struct DisplayText: Hashable, Sendable {
    /// The safe text.
    public private(set) var text = ""
    /// How many columns it takes.
    public private(set) var columns = 0

    private static let maximumMarks = 4

    /// Any text, made safe.
    ///
    /// - Parameter limit: the most columns that are of interest; what goes beyond is not looked at.
    /// - Complexity: O(the part within the limit).
    public init(_ source: some StringProtocol, limit: Int = .max) {
        if source.utf8.count <= limit, source.utf8.allSatisfy({ $0 >= 0x20 && $0 < 0x7F }) {
            text = String(source)
            columns = source.utf8.count
            return
        }
        var marks = 0
        var previous: Unicode.Scalar?
        for scalar in source.unicodeScalars {
            guard columns <= limit else { break }
            let display = scalar == "\u{200D}" ? ScalarDisplay.joiner(after: previous) : ScalarDisplay(scalar)
            if case .hidden = display {} else { previous = scalar }
            switch display {
            case .hidden: break
            case .substitute(let substitute):
                text += substitute
                columns += substitute.unicodeScalars.count
                marks = 0
            case .mark:
                // A mark needs something to sit on, and a pile of them would grow out of its row.
                if columns == 0 { append("\u{25CC}", columns: 1) }
                marks += 1
                if marks <= DisplayText.maximumMarks { text.unicodeScalars.append(scalar) }
            case .columns(let width):
                append(scalar, columns: width)
                marks = 0
            }
        }
    }

    private mutating func append(_ scalar: Unicode.Scalar, columns width: Int) {
        text.unicodeScalars.append(scalar)
        columns += width
    }

    /// The text in exactly so many columns: cut with an ellipsis where it is longer, padded where it is shorter.
    public func fitted(to width: Int, ellipsis: Character = "…") -> String {
        guard columns > width else { return text + .blank(width - columns) }
        guard width > 0 else { return "" }
        var cut = ""
        var used = 0
        for scalar in text.unicodeScalars {
            let next = ScalarDisplay(scalar).width
            if used + next > width - 1 { break }
            cut.unicodeScalars.append(scalar)
            used += next
        }
        return cut + String(ellipsis) + .blank(width - used - 1)
    }

    /// As ``fitted(to:ellipsis:)``, without padding.
    public func clipped(to width: Int, ellipsis: Character = "…") -> DisplayText {
        guard columns > width else { return self }
        var clipped = DisplayText("")
        clipped.text = fitted(to: width, ellipsis: ellipsis)
        clipped.columns = max(0, width)
        return clipped
    }
}
