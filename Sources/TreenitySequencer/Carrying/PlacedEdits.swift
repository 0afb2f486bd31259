import TreenityProtocol

/// The text edits of one patch, by the properties whose texts they edit.
struct PlacedEdits: Sendable {
    private var edits: [PropertyKey: TextEdit] = [:]
    /// Since when none of these texts was replaced.
    let base: SequenceNumber

    init(since base: SequenceNumber) {
        self.base = base
    }

    subscript(key: PropertyKey) -> TextEdit? {
        get { edits.isEmpty ? nil : edits[key] }
        set { edits[key] = newValue }
    }
}
