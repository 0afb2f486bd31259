/// The few steps of which the events are made.
extension SharedText {
    var inFlight: InFlight? {
        switch state {
        case .synchronized: nil
        case .awaiting(let sent), .buffering(let sent, _): sent
        }
    }

    /// Puts an edit of the confirmed text in flight.
    mutating func send(_ edit: TextEdit, id: String) -> TextSubmission {
        let submission = TextSubmission(id: id, path: path, base: seq, edit: edit)
        state = .awaiting(InFlight(submission: submission, edit: edit))
        return submission
    }

    /// Takes somebody's edit of the confirmed text into both texts, and carries the user's edits over it.
    ///
    /// - Returns: the edit of what is displayed; `nil` where it does not fit, and nothing is changed.
    mutating func takeIn(_ edit: TextEdit) -> TextEdit? {
        guard let text = edit.applied(to: confirmed) else { return nil }
        var change = edit
        switch state {
        case .synchronized:
            displayed = text
        case .awaiting(var sent):
            change = sent.edit.giveWay(to: change)
            state = .awaiting(sent)
            display(change)
        case .buffering(var sent, var waiting):
            change = sent.edit.giveWay(to: change)
            change = waiting.edit.giveWay(to: change)
            state = waiting.edit.isEmpty ? .awaiting(sent) : .buffering(sent, waiting)
            display(change)
        }
        confirmed = text
        return change
    }

    /// The edit in flight has got its place, with nothing unknown before it.
    ///
    /// - Returns: what is to be sent next.
    mutating func admit(_ sent: InFlight) -> TextSubmission? {
        absorb(sent)
        return endFlight()
    }

    /// Makes the edit in flight part of the confirmed text, and leaves an empty one in flight.
    mutating func absorb(_ sent: InFlight) {
        confirmed = applied(sent)
        var sent = sent
        sent.edit = TextEdit([])
        putInFlight(sent)
    }

    /// Has the server's version of the edit in flight in the place of the user's, and leaves an empty one in flight.
    ///
    /// - Returns: the edit of what is displayed; `nil` where it does not fit, and nothing is changed.
    mutating func correct(_ sent: InFlight, to edit: TextEdit) -> TextEdit? {
        guard edit.applied(to: confirmed) != nil, let back = sent.edit.inverted(on: confirmed) else { return nil }
        absorb(sent)
        return takeIn(back.composed(with: edit))
    }

    /// What was in flight is so no longer, and has left nothing to do.
    ///
    /// - Returns: what is to be sent next.
    mutating func endFlight() -> TextSubmission? {
        guard case .buffering(_, let waiting) = state else {
            state = .synchronized
            return nil
        }
        return send(waiting.edit, id: waiting.id)
    }

    mutating func putInFlight(_ sent: InFlight) {
        switch state {
        case .synchronized, .awaiting: state = .awaiting(sent)
        case .buffering(_, let waiting): state = .buffering(sent, waiting)
        }
    }

    /// The confirmed text with the edit in flight.
    func applied(_ sent: InFlight) -> String {
        guard case .buffering = state else { return displayed }
        guard let text = sent.edit.applied(to: confirmed) else {
            preconditionFailure("the edit in flight is one of the confirmed text: \(self)")
        }
        return text
    }

    private mutating func display(_ change: TextEdit) {
        guard let text = change.applied(to: displayed) else {
            preconditionFailure("what fits the confirmed text fits what is displayed: \(change) in \(self)")
        }
        displayed = text
    }
}

extension TextEdit {
    /// Carries this edit over one of the same text that was admitted earlier.
    ///
    /// - Returns: the earlier one, carried over this edit as it was.
    fileprivate mutating func giveWay(to earlier: TextEdit) -> TextEdit {
        let carried = earlier.transformed(over: self, admitted: .earlier)
        self = transformed(over: earlier, admitted: .later)
        return carried
    }
}
