import TreenityProtocol
import TreenityStore

extension Model {
    mutating func search() {
        dialog = .prompt(Prompt(purpose: .search, field: TextField(), origin: outline.node ?? outline.top))
    }

    /// The search goes on with each key, from where it began.
    mutating func searchTyped(_ prompt: Prompt) {
        var prompt = prompt
        guard let origin = prompt.origin, tree.contains(origin) else { return }
        let matches = self.matches(of: prompt.field.text)
        prompt.complaint = nil
        if prompt.field.text.isEmpty {
            outline.go(to: origin, in: tree)
        } else if matches.isEmpty {
            prompt.complaint = "no match"
        } else {
            let place = matches.firstIndex { $0 == origin || outline.precedes(origin, $0, in: tree) } ?? 0
            outline.go(to: matches[place], in: tree)
            prompt.complaint = "\(place + 1)/\(matches.count)"
        }
        dialog = .prompt(prompt)
    }

    mutating func goToMatch(_ text: String, by step: Int) {
        guard !text.isEmpty else {
            notice = .information("nothing was searched for yet; / searches")
            return
        }
        let matches = self.matches(of: text)
        guard !matches.isEmpty, let node = outline.node ?? Optional(outline.top) else {
            notice = .warning("no match for “\(text)”")
            return
        }
        // The number of matches before the cursor, and whether it stands on one.
        let before = matches.partitioningIndex { !outline.precedes($0, node, in: tree) }
        let isOnMatch = matches.indices.contains(before) && matches[before] == node
        let origin = step > 0 && !isOnMatch ? before - 1 : before
        let place = ((origin + step) % matches.count + matches.count) % matches.count
        outline.go(to: matches[place], in: tree)
        notice = .information("\(place + 1)/\(matches.count) for “\(text)”")
    }

    /// The nodes whose name, or one of whose keys or values, holds the text, in the order of the outline.
    ///
    /// - Complexity: O(size of the tree), and O(m log m) for m matches.
    private func matches(of text: String) -> [NodeID] {
        guard !text.isEmpty else { return [] }
        let pattern = SearchPattern(text)
        let found = tree.subtree(of: outline.top).filter { node in
            pattern.matches(tree.name(of: node).text)
                || tree.properties(of: node).contains { property in
                    pattern.matches(property.name.text)
                        || pattern.matches(property.value.string ?? property.value.text)
                }
        }
        return found.sorted { outline.precedes($0, $1, in: tree) }
    }
}

/// A text to be found within others: capitals matter only where it has some.
struct SearchPattern: Sendable {
    private let bytes: [UInt8]
    private let isCaseSensitive: Bool

    init(_ text: String) {
        isCaseSensitive = text.contains(where: \.isUppercase)
        bytes = Array((isCaseSensitive ? text : text.lowercased()).utf8)
    }

    func matches(_ text: String) -> Bool {
        let text = isCaseSensitive ? text : text.lowercased()
        guard let first = bytes.first else { return true }
        let hay = text.utf8
        guard hay.count >= bytes.count else { return false }
        var rest = hay[...]
        while let place = rest.firstIndex(of: first) {
            if rest[place...].starts(with: bytes) { return true }
            rest = rest[rest.index(after: place)...]
        }
        return false
    }
}

extension Outline {
    /// Whether `one` is shown above `other` when everything is unfolded. O(depth · log children).
    func precedes(_ one: NodeID, _ other: NodeID, in tree: Replica) -> Bool {
        let first = Array(([one] + Array(tree.ancestors(of: one))).reversed())
        let second = Array(([other] + Array(tree.ancestors(of: other))).reversed())
        for (a, b) in zip(first, second) where a != b {
            return sorted.order == .received ? tree.isEarlierSibling(a, b) : sorted.order.precedes(a, b, in: tree)
        }
        return first.count < second.count
    }
}

extension Replica {
    /// Whether one of two siblings came before the other. O(siblings between them).
    fileprivate func isEarlierSibling(_ one: NodeID, _ other: NodeID) -> Bool {
        var forward: NodeID? = one
        var backward: NodeID? = other
        while forward != nil || backward != nil {
            if forward == other { return true }
            if backward == one { return true }
            forward = forward.flatMap(nextSibling)
            backward = backward.flatMap(previousSibling)
            if forward == nil, backward == nil { return false }
        }
        return false
    }
}
