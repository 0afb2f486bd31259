/// A text as rows of a page: lines are wrapped where they do not fit, between words if that can be.
///
/// Only the lines that are asked for are laid out, so that a key costs what is shown, and not what there is.
struct PageLayout {
    let characters: [Character]
    let width: Int

    /// - Parameter width: of the page, of which the last column is left to the cursor.
    init(_ characters: [Character], width: Int) {
        self.characters = characters
        self.width = max(2, width - 1)
    }

    // MARK: Lines

    func lineStart(of place: Int) -> Int {
        (characters[..<place].lastIndex { $0.isNewline }).map { $0 + 1 } ?? 0
    }

    private func lineEnd(of place: Int) -> Int {
        characters[place...].firstIndex { $0.isNewline } ?? characters.count
    }

    /// The rows of the line that starts at a place; at least one.
    private func rows(ofLineAt start: Int) -> [Range<Int>] {
        let end = lineEnd(of: start)
        var rows: [Range<Int>] = []
        var first = start
        while true {
            let next = rowEnd(from: first, lineEnd: end)
            rows.append(first..<next)
            guard next < end else { return rows }
            first = next
        }
    }

    private func rowEnd(from first: Int, lineEnd end: Int) -> Int {
        var used = 0
        var afterBlank: Int?
        for place in first..<end {
            used += characters[place].columns
            if used > width, place > first { return afterBlank ?? place }
            if characters[place] == " " { afterBlank = place + 1 }
        }
        return end
    }

    // MARK: Rows

    /// The row in which a place is; between two rows, the second.
    func row(of place: Int) -> Range<Int> {
        let rows = rows(ofLineAt: lineStart(of: place))
        return rows.first { $0.contains(place) } ?? rows[rows.count - 1]
    }

    /// Rows from the one that starts at a place, at most so many.
    func rows(from start: Int, count: Int) -> [Range<Int>] {
        var found: [Range<Int>] = []
        var line = lineStart(of: start)
        while found.count < count {
            found += rows(ofLineAt: line).filter { $0.lowerBound >= start }
            let end = lineEnd(of: line)
            guard end < characters.count else { break }
            line = end + 1
        }
        return Array(found.prefix(count))
    }

    /// The start of the row so many above, or of the first.
    func rowStart(_ count: Int, above place: Int) -> Int {
        var line = lineStart(of: place)
        var starts = rows(ofLineAt: line).map(\.lowerBound).filter { $0 <= place }
        while starts.count <= count, line > 0 {
            line = lineStart(of: line - 1)
            starts = rows(ofLineAt: line).map(\.lowerBound) + starts
        }
        return starts[max(0, starts.count - 1 - count)]
    }

    /// Columns before a place in its row.
    func column(of place: Int) -> Int {
        characters[row(of: place).lowerBound..<place].reduce(0) { $0 + $1.columns }
    }

    /// The place in a row at a column, or the last one before it.
    func place(in row: Range<Int>, column: Int) -> Int {
        var used = 0
        for place in row {
            used += characters[place].columns
            if used > column { return place }
        }
        // Behind a row that is wrapped the next one begins.
        let isWrapped = row.upperBound < characters.count && !characters[row.upperBound].isNewline
        return isWrapped ? max(row.lowerBound, row.upperBound - 1) : row.upperBound
    }
}

extension Character {
    /// What it takes on the screen.
    var columns: Int {
        if let ascii = asciiValue, (0x20..<0x7F).contains(ascii) { return 1 }
        return DisplayText(String(self)).columns
    }
}
