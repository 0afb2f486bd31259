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
        let text = path.text.utf8.span
        var walk = PathWalk()
        var slot = root.slot
        var reached = 0
        while let segment = walk.next(in: text) {
            guard let name = number(ofSegment: segment, in: text) else {
                return .missing(deepest: slot, reached: reached)
            }
            let child = findChild(name, of: slot)
            if child == .none {
                let property = findProperty(name, of: slot)
                guard property != .none else { return .missing(deepest: slot, reached: reached) }
                return walk.isAtEnd(of: text) ? .property(slot, property) : .blocked
            }
            slot = child
            reached += 1
        }
        return .node(slot)
    }

    private func number(ofSegment segment: PathWalk.Segment, in text: Span<UInt8>) -> UInt32? {
        let bytes = text.extracting(segment.range)
        guard segment.hasEscapes else { return names.number(of: bytes) }
        return names.number(of: TreePath.unescaped(bytes))
    }
}
