/// How keys move through a page of text.
enum PageMotion {
    /// The rows above the screen, so that a row stands in its middle, as far as there are rows.
    static func first(showing row: Int, of count: Int, height: Int) -> Int {
        max(0, min(row - height / 2, count - height))
    }

    /// The rows above the screen after a key.
    static func scrolled(_ scroll: Int, _ key: Key, rows: Int, height: Int) -> Int {
        let most = max(0, rows - height)
        return min(max(0, moved(scroll, key, last: most, height: height)), most)
    }

    /// The row after a key, from 0 to `last`.
    static func moved(_ row: Int, _ key: Key, last: Int, height: Int) -> Int {
        let page = max(1, height - 1)
        let moved: Int
        switch key {
        case .down, .character("j"): moved = row + 1
        case .up, .character("k"): moved = row - 1
        case .pageDown, .control("f"), .character(" "): moved = row + page
        case .pageUp, .control("b"): moved = row - page
        case .control("d"): moved = row + max(1, page / 2)
        case .control("u"): moved = row - max(1, page / 2)
        case .home, .character("g"): moved = 0
        case .end, .character("G"): moved = last
        default: moved = row
        }
        return min(max(0, moved), max(0, last))
    }
}
