import TreenityProtocol

extension Replica {
    /// What an address leads to.
    enum Resolution {
        case node(Int32)
        /// That property of the node in that slot.
        case property(Int32, Int32)
        /// Nothing; the deepest node on the way, and how many names led to it.
        case missing(deepest: Int32, reached: Int)
        /// Nothing, and a property stands in the way.
        case blocked
    }

    /// O(length of the path).
    func resolve(_ path: TreePath) -> Resolution {
        let text = path.text.utf8
        let bytes = text.span
        var walk = PathWalk()
        var slot = root.slot
        var reached = 0
        while let segment = walk.next(in: bytes) {
            guard let name = key(of: segment, in: bytes) else { return .missing(deepest: slot, reached: reached) }
            let child = findChild(name, of: slot)
            guard child != .none else {
                guard let number = names.number(of: name) else { return .missing(deepest: slot, reached: reached) }
                let property = findProperty(number, of: slot)
                guard property != .none else { return .missing(deepest: slot, reached: reached) }
                return walk.isAtEnd(of: bytes) ? .property(slot, property) : .blocked
            }
            slot = child
            reached += 1
        }
        return .node(slot)
    }

    @inline(__always)
    private func key(of segment: PathWalk.Segment, in bytes: Span<UInt8>) -> NameKey? {
        guard segment.hasEscapes else { return names.key(bytes, segment.range) }
        return names.key(of: TreePath.unescaped(bytes.extracting(segment.range)))
    }
}
