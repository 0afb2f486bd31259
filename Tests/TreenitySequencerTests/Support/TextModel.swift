import TreenityProtocol

/// What becomes of some texts that several people edit and move: all of it remembered, and looked up in plain lists.
struct TextModel {
    /// One text after each place in the order: index 0 is before the first.
    struct Text {
        var paths: [TreePath]
        var values: [String]
        /// The edits by their places; `nil`: it was replaced there.
        var events: [(seq: Int, edit: TextEdit?)] = []
    }

    private(set) var texts: [Text]

    init(_ texts: [TreePath: String]) {
        self.texts = texts.sorted { $0.key < $1.key }.map { Text(paths: [$0.key], values: [$0.value]) }
    }

    /// The newest place in the order.
    var seq: Int { (texts.first?.values.count ?? 1) - 1 }

    /// What an edit made at a place is to become; `nil`: stale.
    func carried(_ edit: TextEdit, of text: Int, since base: Int) -> TextEdit? {
        var edit = edit
        for event in texts[text].events where event.seq > base {
            guard let earlier = event.edit else { return nil }
            edit = edit.transformed(over: earlier, admitted: .later)
        }
        return edit
    }

    /// Another place in the order, at which nothing has happened yet.
    mutating func advance() {
        for index in texts.indices {
            if let path = texts[index].paths.last { texts[index].paths.append(path) }
            if let value = texts[index].values.last { texts[index].values.append(value) }
        }
    }

    mutating func edit(_ text: Int, by edit: TextEdit) {
        advance()
        texts[text].values[seq] = edit.applied(to: texts[text].values[seq]) ?? "does not fit"
        texts[text].events.append((seq, edit))
    }

    mutating func replace(_ text: Int, by value: String) {
        advance()
        texts[text].values[seq] = value
        texts[text].events.append((seq, nil))
    }

    mutating func move(_ move: Relocation) {
        advance()
        for index in texts.indices { texts[index].paths[seq] = move.carry(texts[index].paths[seq]) }
    }
}
