extension SharedText {
    /// The user has edited what is displayed.
    ///
    /// - Parameters:
    ///   - edit: one edit of ``displayed``.
    ///   - id: a fresh `id`, under which the edit is sent unless it joins one that waits already.
    /// - Complexity: O(length).
    public mutating func edited(_ edit: TextEdit, id: String) -> Reaction {
        guard let text = edit.applied(to: displayed) else { return .refuse }
        guard !edit.isEmpty else { return .ignore }
        displayed = text
        switch state {
        case .synchronized:
            return .send(send(edit, id: id))
        case .awaiting(let sent):
            state = .buffering(sent, Waiting(id: id, edit: edit))
        case .buffering(let sent, var waiting):
            waiting.edit = waiting.edit.composed(with: edit)
            state = waiting.edit.isEmpty ? .awaiting(sent) : .buffering(sent, waiting)
        }
        return .wait
    }
}
