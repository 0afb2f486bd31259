import TreenityProtocol
import TreenityStore

/// The text edits of each property that has some, since its value was replaced by anything else.
///
/// It finds a text by its node first, so that writing to a node without texts costs one look-up.
struct TextMemory: Sendable {
    /// The edits of one property; the horizon is where its value was known to be the one that they edit.
    private struct Text: Sendable {
        var key: PropertyKey
        var edits: Chronicle<TextEdit>
    }

    /// Which text is at a property: a property can move, so that texts have numbers.
    private var numbers: [NodeID: [Name: Int]] = [:]
    private var texts: [Int: Text] = [:]
    private var newestNumber = 0
    /// All edits in order, also of texts that are forgotten: what is remembered is bounded by it.
    private var order: Chronicle<(text: Int, bytes: Int)>
    private var bytes = 0

    init(after seq: SequenceNumber) {
        order = Chronicle(after: seq)
    }

    private func number(of key: PropertyKey) -> Int? {
        numbers.isEmpty ? nil : numbers[key.node]?[key.name]
    }

    /// The edits that are known of a property, and since when; `nil`: it has no text edits.
    func edits(of key: PropertyKey) -> Chronicle<TextEdit>? {
        number(of: key).flatMap { texts[$0]?.edits }
    }

    /// A text was edited.
    mutating func append(_ edit: TextEdit, of key: PropertyKey, at seq: SequenceNumber) {
        let number = number(of: key) ?? begin(key, at: seq)
        texts[number]?.edits.append(edit, at: seq)
        let weight = edit.weight
        order.append((number, weight), at: seq)
        bytes += weight
    }

    private mutating func begin(_ key: PropertyKey, at seq: SequenceNumber) -> Int {
        newestNumber += 1
        texts[newestNumber] = Text(key: key, edits: Chronicle(after: SequenceNumber(seq.value - 1)))
        numbers[key.node, default: [:]][key.name] = newestNumber
        return newestNumber
    }

    /// A property was replaced or is gone: its edits are of no text that is there.
    mutating func end(_ key: PropertyKey) {
        guard let number = release(key) else { return }
        texts[number] = nil
    }

    /// A property moved.
    mutating func rename(_ key: PropertyKey, to target: PropertyKey) {
        guard let number = release(key) else { return }
        texts[number]?.key = target
        numbers[target.node, default: [:]][target.name] = number
    }

    private mutating func release(_ key: PropertyKey) -> Int? {
        guard let number = number(of: key) else { return nil }
        numbers[key.node]?[key.name] = nil
        if numbers[key.node]?.isEmpty == true { numbers[key.node] = nil }
        return number
    }

    /// Forgets the oldest edits beyond so many and so many bytes.
    mutating func keep(newest count: Int, bytes limit: Int) {
        while order.count > count || bytes > limit {
            let (number, weight) = order.forgetOldest()
            bytes -= weight
            texts[number]?.edits.forgetOldest()
            if let text = texts[number], text.edits.count == 0 { end(text.key) }
        }
    }
}

// MARK: - Saving

extension TextMemory {
    /// One text as it is saved.
    struct Saved {
        let number: Int
        let key: PropertyKey
        let edits: Chronicle<TextEdit>
    }

    /// The texts, and the order of all edits.
    var saved: (texts: [Saved], order: Chronicle<(text: Int, bytes: Int)>, newestNumber: Int) {
        let saved = texts.sorted { $0.key < $1.key }
            .map { Saved(number: $0.key, key: $0.value.key, edits: $0.value.edits) }
        return (saved, order, newestNumber)
    }

    /// What ``saved`` said.
    init(_ saved: [Saved], order: Chronicle<(text: Int, bytes: Int)>, newestNumber: Int) {
        self.order = order
        self.newestNumber = newestNumber
        bytes = order.known.reduce(0) { $0 + $1.event.bytes }
        for text in saved {
            texts[text.number] = Text(key: text.key, edits: text.edits)
            numbers[text.key.node, default: [:]][text.key.name] = text.number
        }
    }
}

extension TextEdit {
    /// About how many bytes of memory the edit takes.
    fileprivate var weight: Int {
        steps.reduce(64) { sum, step in
            if case .insert(let text) = step { sum + 24 + text.utf8.count } else { sum + 24 }
        }
    }
}
