/// Walks over the names of a canonical path below the root, as they stand in its text.
package struct PathWalk {
    private var index: Int

    /// A walk that begins with the first name below the root, or with the one after the slash at `index`.
    package init(from index: Int = TreePath.rootName.utf8.count) {
        self.index = index
    }

    /// One name, without slashes.
    package struct Segment {
        /// Its bytes, still escaped.
        package let range: Range<Int>
        /// Whether they have to be unescaped.
        package let hasEscapes: Bool
    }

    /// The next name; `nil` at the end of the path.
    package mutating func next(in text: Span<UInt8>) -> Segment? {
        guard index < text.count else { return nil }
        let start = index + 1
        var hasEscapes = false
        index = PlainText.endOfName(in: text, from: start)
        while index < text.count, text[index] == UInt8(ascii: "~") {
            hasEscapes = true
            index = PlainText.endOfName(in: text, from: index + 1)
        }
        return Segment(range: start..<index, hasEscapes: hasEscapes)
    }

    /// Whether no name follows.
    package func isAtEnd(of text: Span<UInt8>) -> Bool { index >= text.count }
}

extension TreePath {
    /// The names below the root but for so many first ones.
    package func names(from start: Int) -> [Name] {
        let text = text.utf8
        var walk = PathWalk()
        var names: [Name] = []
        var passed = 0
        while let segment = walk.next(in: text.span) {
            passed += 1
            guard passed > start else { continue }
            names.append(TreePath.name(of: segment, in: text.span))
        }
        return names
    }

    private static func name(of segment: PathWalk.Segment, in text: Span<UInt8>) -> Name {
        let bytes = text.extracting(segment.range)
        return Name(valid: segment.hasEscapes ? unescaped(bytes) : String(utf8: bytes))
    }

    /// The name that a segment of a canonical path stands for.
    package static func unescaped(_ segment: Span<UInt8>) -> String {
        var bytes: [UInt8] = []
        var index = 0
        while index < segment.count {
            if segment[index] == UInt8(ascii: "~") {
                index += 1
                bytes.append(segment[index] == UInt8(ascii: "0") ? UInt8(ascii: "~") : UInt8(ascii: "/"))
            } else {
                bytes.append(segment[index])
            }
            index += 1
        }
        return String(decoding: bytes, as: UTF8.self)
    }
}
