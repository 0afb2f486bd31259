/// An edit of a string in place: `{"$text": [ops]}`. Positions and lengths count Unicode scalar values.
///
/// The steps may come in any order and hold anything that JSON can carry; no count, however large, is an error before
/// the edit meets a text. A count of zero or less is an empty step. Edits of one text can be put together
/// (``composed(with:)``), carried over each other (``transformed(over:admitted:)``) and taken back (``inverted(on:)``);
/// what comes out is *compact*: neighbours of one kind are one step, no step is empty, none at the end only keeps.
///
/// An insert stands between two characters of the text before the edit, also where these are removed: `[{"d":1},"x"]`
/// inserts right of the removed character, `["x",{"d":1}]` left of it. Both make the same text, so that both have the
/// same ``normalized`` form; but they meet a concurrent insert differently, so that composing and transforming keep
/// the steps' order.
public struct TextEdit: Hashable, Sendable {
    /// One step over the text.
    public enum Step: Sendable {
        /// Passes over so many characters.
        case keep(Int)
        /// Inserts here.
        case insert(String)
        /// Removes the next so many characters.
        case delete(Int)
    }

    /// The steps from the text's start; what they do not reach is kept.
    public var steps: [Step]

    /// An edit of these steps.
    public init(_ steps: [Step]) {
        self.steps = steps
    }
}

extension TextEdit.Step: Hashable {
    /// Inserts are equal byte for byte: canonically equivalent strings have different lengths in scalars.
    public static func == (one: TextEdit.Step, other: TextEdit.Step) -> Bool {
        switch (one, other) {
        case (.keep(let one), .keep(let other)), (.delete(let one), .delete(let other)): one == other
        case (.insert(let one), .insert(let other)): one.hasSameBytes(as: other)
        case (.keep, _), (.insert, _), (.delete, _): false
        }
    }

    /// Hashes the kind of step and its count or bytes.
    public func hash(into hasher: inout Hasher) {
        switch self {
        case .keep(let count):
            hasher.combine(0)
            hasher.combine(count)
        case .insert(let text):
            hasher.combine(1)
            text.hashBytes(into: &hasher)
        case .delete(let count):
            hasher.combine(2)
            hasher.combine(count)
        }
    }
}
