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
        while order.count > count || bytes > limit { forgotten(order.forgetOldest()) }
    }

    /// Forgets the edits up to a place. A text that has later ones is known from the first of these on, as it is for
    /// whoever begins there. O(edits forgotten and texts).
    mutating func forget(upTo seq: SequenceNumber) {
        var gone: [(text: Int, bytes: Int)] = []
        order.forget(upTo: seq) { gone.append($0) }
        gone.forEach { forgotten($0) }
        for number in Array(texts.keys) { texts[number]?.edits.forgetQuiet(after: seq) }
    }

    /// The oldest edit of all, which is the oldest one of its text, is no longer in the order.
    private mutating func forgotten(_ edit: (text: Int, bytes: Int)) {
        bytes -= edit.bytes
        texts[edit.text]?.edits.forgetOldest()
        if let text = texts[edit.text], text.edits.count == 0 { end(text.key) }
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
