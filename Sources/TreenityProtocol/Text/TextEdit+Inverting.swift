extension TextEdit {
    /// The edit that takes this one back, applied to what this one makes of `text`; `nil` where it does not fit.
    ///
    /// The text comes back byte for byte. O(length).
    ///
    /// - Parameter text: the text *before* this edit, as the removed characters come from there.
    public func inverted(on text: String) -> TextEdit? {
        var text = text
        text.makeContiguousUTF8()
        var rest = text[...]
        var builder = TextEditBuilder(capacity: steps.count)
        for step in steps {
            switch step {
            case .insert(let text):
                builder.delete(text.scalarCount)
            case .keep(let count):
                guard rest.removeFirst(scalars: count).scalars >= count else { return nil }
                builder.keep(count)
            case .delete(let count):
                let removed = rest.removeFirst(scalars: count)
                guard removed.scalars >= count else { return nil }
                builder.insert(String(removed.text))
            }
        }
        return builder.finish()
    }
}
