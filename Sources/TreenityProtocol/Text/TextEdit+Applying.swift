extension TextEdit {
    /// The text after the edit; `nil` where the edit reaches beyond the text's end. O(length).
    public func applied(to text: String) -> String? {
        var text = text
        // Texts from elsewhere may be stored as UTF-16, where every index into UTF-8 has to be searched for.
        text.makeContiguousUTF8()
        var rest = text[...]
        var edited = ""
        edited.reserveCapacity(text.utf8.count.addingClamped(insertedBytes))
        for step in steps {
            switch step {
            case .insert(let text):
                edited += text
            case .keep(let count):
                let kept = rest.removeFirst(scalars: count)
                guard kept.scalars >= count else { return nil }
                edited += kept.text
            case .delete(let count):
                guard rest.removeFirst(scalars: count).scalars >= count else { return nil }
            }
        }
        edited += rest
        return edited
    }

    private var insertedBytes: Int {
        steps.reduce(0) { sum, step in
            if case .insert(let text) = step { sum + text.utf8.count } else { sum }
        }
    }
}
