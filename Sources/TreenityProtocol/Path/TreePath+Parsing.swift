extension TreePath {
    /// As ``init(parsing:)-(String)``, from bytes that are UTF-8.
    init(parsing bytes: Span<UInt8>) throws(PathError) {
        guard !TreePath.isPlain(bytes) else {
            self.init(canonical: String(utf8: bytes))
            return
        }
        let slash = UInt8(ascii: "/")
        let isShort = bytes.count > 0 && bytes[0] == slash
        guard !isShort || bytes.count > 1 else {
            self = .root
            return
        }
        let start = isShort ? 1 : 0
        let end = bytes.count > start && bytes[bytes.count - 1] == slash ? bytes.count - 1 : bytes.count
        if !isShort { try TreePath.expectRoot(bytes, end: end) }
        try TreePath.check(bytes, start..<end, segments: isShort ? 1 : 0)
        let text = String(utf8: bytes.extracting(start..<end))
        self.init(canonical: isShort ? TreePath.rootName + "/" + text : text)
    }

    /// Whether this is at once a canonical path, as nearly all are: `tree/`, then printable ASCII without tildes, in at
    /// most 255 bytes, so that neither a name nor the path can be too long. `false` settles nothing.
    private static func isPlain(_ bytes: Span<UInt8>) -> Bool {
        let root: UInt64 = 0x2F_65_65_72_74
        guard 13...Name.maximumBytes ~= bytes.count, let start = bytes.firstWord, start & 0xFF_FFFF_FFFF == root else {
            return false
        }
        var rest = bytes.extracting(droppingFirst: 5)
        var follows = true
        while let word = rest.firstWord {
            guard PlainText.areNames(word, afterSlash: &follows) else { return false }
            rest = rest.extracting(droppingFirst: 8)
        }
        // What is left over is looked at together with bytes before it.
        guard let last = bytes.extracting(last: 8).firstWord else { return false }
        follows = false
        return PlainText.areNames(last, afterSlash: &follows) && !follows
    }

    private static func expectRoot(_ bytes: Span<UInt8>, end: Int) throws(PathError) {
        let length = 4
        if end >= length, PackedWord(bytes, 0..<length) == "tree", end == length || bytes[length] == UInt8(ascii: "/") {
            return
        }
        let start = String(utf8: bytes.extracting(0..<end)).utf8.prefix { $0 != UInt8(ascii: "/") }
        throw PathError("a path starts with “tree” or “/”, this one with “\(Substring(start).prefix(40))”")
    }

    /// Checks the segments that lie in `range`, after so many others.
    private static func check(_ bytes: Span<UInt8>, _ range: Range<Int>, segments: Int) throws(PathError) {
        var segments = segments
        var start = range.lowerBound
        while start <= range.upperBound {
            segments += 1
            guard segments <= maximumSegments else {
                throw PathError("a path has more than \(maximumSegments) segments")
            }
            let end = try checkSegment(bytes, start..<range.upperBound)
            start = end + 1
        }
    }

    /// Checks the segment at the start of `range`, and gives the place of the slash after it.
    private static func checkSegment(_ bytes: Span<UInt8>, _ range: Range<Int>) throws(PathError) -> Int {
        var end = range.lowerBound
        var isPlain = true
        while end < range.upperBound, bytes[end] != UInt8(ascii: "/") {
            // Beyond “}” lie the tilde, DEL, and what may be a control character of two bytes.
            if bytes[end] &- 0x20 > 0x5D { isPlain = false }
            end += 1
        }
        let count = end - range.lowerBound
        let mayBeDots = count <= 2 && range.lowerBound < end && bytes[range.lowerBound] == UInt8(ascii: ".")
        if isPlain, 1...Name.maximumBytes ~= count, !mayBeDots { return end }
        _ = try unescape(Substring(String(utf8: bytes.extracting(range.lowerBound..<end))))
        return end
    }

    /// The name that a segment spells.
    static func unescape(_ segment: Substring) throws(PathError) -> Name {
        guard segment.utf8.contains(UInt8(ascii: "~")) else { return try Name(String(segment)) }
        var text = ""
        var scalars = segment.unicodeScalars.makeIterator()
        while let scalar = scalars.next() {
            guard scalar == "~" else {
                text.unicodeScalars.append(scalar)
                continue
            }
            switch scalars.next() {
            case "0": text += "~"
            case "1": text += "/"
            default: throw PathError("“~” stands before 0 or 1 only: write ~0 for “~” and ~1 for “/”")
            }
        }
        return try Name(text)
    }
}
