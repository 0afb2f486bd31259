import TreenityStore

/// The way through what was found, in the order of the rows, were everything unfolded. Each step costs O(depth · siblings)
/// at most.
extension Outline {
    /// The match at a node or after it, or, where there is none, the first one.
    mutating func match(from node: NodeID, _ matches: NodeMatches, in tree: Replica) -> NodeID? {
        if matches.isMatch(node), tree.contains(node) { return node }
        return match(after: node, matches, in: tree)
    }

    /// The match after a node, and after the last one the first.
    mutating func match(after node: NodeID, _ matches: NodeMatches, in tree: Replica) -> NodeID? {
        if let below = firstMatch(below: node, matches, in: tree) { return below }
        var place: NodeID? = node
        while let here = place, here != top, let parent = tree.parent(of: here) {
            let siblings = sorted.children(of: parent, in: tree)
            let start = (siblings.firstIndex(of: here) ?? -1) + 1
            if let next = siblings[start...].first(where: { matches.count($0) > 0 }) {
                return firstMatch(in: next, matches, in: tree)
            }
            place = parent
        }
        return firstMatch(in: top, matches, in: tree)
    }

    /// The match before a node, and before the first one the last.
    mutating func match(before node: NodeID, _ matches: NodeMatches, in tree: Replica) -> NodeID? {
        var place: NodeID? = node
        while let here = place, here != top, let parent = tree.parent(of: here) {
            let siblings = sorted.children(of: parent, in: tree)
            let end = siblings.firstIndex(of: here) ?? 0
            if let next = siblings[..<end].last(where: { matches.count($0) > 0 }) {
                return lastMatch(in: next, matches, in: tree)
            }
            if matches.isMatch(parent) { return parent }
            place = parent
        }
        return lastMatch(in: top, matches, in: tree)
    }

    private mutating func firstMatch(in node: NodeID, _ matches: NodeMatches, in tree: Replica) -> NodeID? {
        if matches.isMatch(node) { return node }
        return firstMatch(below: node, matches, in: tree)
    }

    private mutating func firstMatch(below node: NodeID, _ matches: NodeMatches, in tree: Replica) -> NodeID? {
        var node = node
        while matches.countBelow(node) > 0 {
            let next = sorted.children(of: node, in: tree).first { matches.count($0) > 0 }
            guard let next else { return nil }
            if matches.isMatch(next) { return next }
            node = next
        }
        return nil
    }

    private mutating func lastMatch(in node: NodeID, _ matches: NodeMatches, in tree: Replica) -> NodeID? {
        var node = node
        while let next = matches.countBelow(node) > 0
            ? sorted.children(of: node, in: tree).last(where: { matches.count($0) > 0 }) : nil
        {
            node = next
        }
        return matches.isMatch(node) ? node : nil
    }

    /// Which of the matches a node is, counted from 1; where it is none, how many come before it.
    mutating func number(of node: NodeID, _ matches: NodeMatches, in tree: Replica) -> Int {
        var number = matches.isMatch(node) ? 1 : 0
        var place = node
        while place != top, let parent = tree.parent(of: place) {
            let here = place
            number += sorted.children(of: parent, in: tree).prefix { $0 != here }.reduce(0) { $0 + matches.count($1) }
            if matches.isMatch(parent) { number += 1 }
            place = parent
        }
        return number
    }
}
