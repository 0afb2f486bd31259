import TreenityProtocol

/// What changes the addresses of what was there before.
enum Passage: Hashable, Sendable {
    /// Something went from one address to another.
    case moved(Relocation)
    /// What was at the address, with all below it, is gone; such passages are numbered.
    case removed(TreePath, number: Int)
    /// What went with the passage of that number is back where it was.
    case restored(number: Int)
    /// It has not happened after all.
    case withdrawn
}

/// Where something is that a deed was about, followed through all that happened since.
///
/// Where it is gone, its address is a gap: what others put there or take away from there is something else, and only
/// moves of what lies above carry the gap along.
struct DeedAddress: Hashable, Sendable {
    private(set) var path: TreePath
    /// What is missing on the way, the outermost last.
    private(set) var gaps: [Gap] = []

    struct Gap: Hashable, Sendable {
        /// How many names lead to it.
        var depth: Int
        /// The passage in which it went; `nil`: what belongs there comes with the deed's own inverse.
        var number: Int?
    }

    /// Something is there.
    init(_ path: TreePath) {
        self.path = path
    }

    /// Nothing is there, and something belongs there.
    ///
    /// - Parameter restored: what the deed's inverse brings back, this or what lies above it among them.
    init(gap path: TreePath, restored: Set<TreePath>) {
        self.path = path
        let outermost = sequence(first: path, next: \.parent).reduce(path) { restored.contains($1) ? $1 : $0 }
        gaps = [Gap(depth: outermost.depth)]
    }

    /// An address of these parts.
    init(_ path: TreePath, gaps: [Gap]) {
        self.path = path
        self.gaps = gaps
    }

    func passing(_ passage: Passage) -> DeedAddress {
        var address = self
        switch passage {
        case .moved(let move):
            guard gap.map({ $0.isBelow(move.source) }) ?? path.isWithin(move.source) else { break }
            address.path = move.carry(path)
            for place in gaps.indices { address.gaps[place].depth += move.target.depth - move.source.depth }
        case .removed(let top, let number):
            guard gap.map({ $0.isBelow(top) }) ?? path.isWithin(top) else { break }
            address.gaps.append(Gap(depth: top.depth, number: number))
        case .restored(let number):
            if gaps.last?.number == number { address.gaps.removeLast() }
        case .withdrawn: break
        }
        return address
    }

    /// It changes with what goes from here or from above; `nil`: with nothing.
    var hold: TreePath? { gaps.isEmpty ? path : gap?.parent }

    private var gap: TreePath? { gaps.last.map { TreePath.root.appending(path.names.prefix($0.depth)) } }
}
