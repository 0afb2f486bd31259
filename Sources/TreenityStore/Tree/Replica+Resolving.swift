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
        var walk = PathWalk()
        var slot = root.slot
        var reached = 0
        while let segment = walk.next(in: text.span) {
            let item =
                segment.hasEscapes
                ? find(TreePath.unescaped(text.span.extracting(segment.range)).utf8.span, in: slot)
                : find(text.span.extracting(segment.range), in: slot)
            switch item {
            case .node(let child): slot = child
            case .property(_, _): return walk.isAtEnd(of: text.span) ? item : .blocked
            case .missing, .blocked: return .missing(deepest: slot, reached: reached)
            }
            reached += 1
        }
        return .node(slot)
    }

    /// What a node has under a name.
    @inline(__always)
    private func find(_ name: Span<UInt8>, in slot: Int32) -> Resolution {
        let hash = ByteHash.hash(name)
        let child = findChild(name, hash: hash, of: slot)
        if child != .none { return .node(child) }
        guard let number = names.number(of: name, hash: hash) else { return .missing(deepest: slot, reached: 0) }
        let property = findProperty(number, of: slot)
        return property == .none ? .missing(deepest: slot, reached: 0) : .property(slot, property)
    }
}
