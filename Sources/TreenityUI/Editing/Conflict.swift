import TreenityProtocol

/// What the user and others made of the same values: for each, the user says what it is to be.
struct Conflict: Sendable {
    enum Choice: Sendable {
        case base, mine, theirs
    }

    struct Field: Sendable {
        var change: FieldChange
        var choice: Choice?
    }

    /// To which one can go back.
    var editor: Editor
    /// What the edit comes to.
    let mine: JSONValue
    /// Those that only the user changed.
    private(set) var undisputed: [FieldChange]
    private(set) var fields: [Field]
    private(set) var cursor = 0
    /// What is to be said, until the next key.
    var remark: String?

    init(_ editor: Editor, mine: JSONValue, _ changes: [FieldChange]) {
        self.editor = editor
        self.mine = mine
        undisputed = changes.filter { !$0.isConflict }
        fields = changes.filter(\.isConflict).map { Field(change: $0) }
    }

    var isDecided: Bool { fields.allSatisfy { $0.choice != nil } }

    mutating func move(by step: Int) {
        cursor = min(max(0, cursor + step), max(0, fields.count - 1))
    }

    /// Chooses for the field under the cursor, and goes to the next one that is open.
    mutating func choose(_ choice: Choice) {
        guard fields.indices.contains(cursor) else { return }
        fields[cursor].choice = choice
        goToOpen()
    }

    mutating func chooseForAll(_ choice: Choice) {
        for place in fields.indices { fields[place].choice = choice }
    }

    mutating func goToOpen() {
        let after = fields[cursor...].firstIndex { $0.choice == nil }
        cursor = after ?? fields.firstIndex { $0.choice == nil } ?? cursor
    }

    /// What has been decided, as steps from what is there now.
    var operations: [PlacedOperation] {
        let own = undisputed.flatMap { FieldChange.operations(from: $0.theirs, to: $0.mine, at: $0.path) }
        return own
            + fields.flatMap { field -> [PlacedOperation] in
                let change = field.change
                switch field.choice {
                case .base: return FieldChange.operations(from: change.theirs, to: change.base, at: change.path)
                case .mine: return FieldChange.operations(from: change.theirs, to: change.mine, at: change.path)
                case .theirs, nil: return []
                }
            }
    }

    /// Others went on: what was chosen against something else is open again.
    mutating func refresh(theirs: JSONValue?) {
        let changes = FieldChange.between(base: editor.base, mine: mine, theirs: theirs, at: editor.subject.path)
        var before: [TreePath: Field] = [:]
        for field in fields { before[field.change.path] = field }
        undisputed = changes.filter { !$0.isConflict }
        fields = changes.filter(\.isConflict).map { change in
            let old = before[change.path]
            if let old, old.choice != nil, old.change.theirs != change.theirs {
                remark = "\(change.path.name?.text ?? "it") has changed once more: choose again"
            }
            return Field(change: change, choice: old?.change.theirs == change.theirs ? old?.choice : nil)
        }
        move(by: 0)
    }
}
