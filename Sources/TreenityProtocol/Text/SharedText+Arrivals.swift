extension SharedText {
    /// Somebody's text edit of this property has arrived; what is known already is passed over.
    ///
    /// - Parameter seq: its place in the order.
    /// - Complexity: O(length).
    public mutating func received(_ edit: TextEdit, at seq: SequenceNumber) -> Outcome {
        guard seq > self.seq else { return .nothing }
        var outcome = Outcome.nothing
        if let sent = inFlight, let place = sent.admittedAt, place < seq {
            self.seq = max(self.seq, place)
            outcome.submission = admit(sent)
        }
        if let change = takeIn(edit) {
            self.seq = seq
            outcome.change = change
        } else {
            outcome.trouble = .outOfStep
        }
        return outcome
    }

    /// The user's own edit has come back, as the server has put it in order.
    ///
    /// - Parameters:
    ///   - id: the patch's `id`; one that is not in flight makes it somebody's edit.
    ///   - edit: the edit as the server transformed it.
    ///   - seq: its place in the order.
    /// - Complexity: O(length).
    public mutating func returned(_ id: String, as edit: TextEdit, at seq: SequenceNumber) -> Outcome {
        guard let sent = inFlight, sent.submission.id == id else { return received(edit, at: seq) }
        guard seq > self.seq else { return acknowledged(id, at: seq) }
        if edit == sent.edit || edit.normalized == sent.edit.normalized {
            self.seq = seq
            return Outcome(submission: admit(sent))
        }
        guard let change = correct(sent, to: edit) else { return Outcome(trouble: .outOfStep) }
        self.seq = seq
        return Outcome(change: change, submission: endFlight(), trouble: .corrected)
    }

    /// The server has acknowledged the user's own edit.
    ///
    /// Where the edit itself has come back, this tells nothing new. Otherwise the edit is confirmed as soon as all
    /// before its place is known to have arrived: after a reconnection a repeat's ACK may overtake the missed patches.
    ///
    /// - Parameters:
    ///   - id: what the ACK names.
    ///   - seq: the place that it gives.
    public mutating func acknowledged(_ id: String, at seq: SequenceNumber) -> Outcome {
        guard var sent = inFlight, sent.submission.id == id else { return .nothing }
        if sent.edit.isEmpty {
            // Others did the same before: the edit may have no place in the order that one could wait for.
            return Outcome(submission: endFlight())
        }
        guard seq <= self.seq else {
            sent.admittedAt = seq
            putInFlight(sent)
            return .nothing
        }
        // The confirmed text holds already whatever the server has made of the edit.
        let changesText = sent.edit.applied(to: confirmed)?.hasSameBytes(as: confirmed) == false
        let change = correct(sent, to: TextEdit([]))
        return Outcome(
            change: change ?? TextEdit([]), submission: endFlight(), trouble: changesText ? .corrected : nil)
    }

    /// Everything up to `seq` has arrived, as far as it bears on this property.
    ///
    /// - Complexity: O(length) where this confirms the edit in flight, else O(1).
    public mutating func reached(_ seq: SequenceNumber) -> Outcome {
        guard seq > self.seq else { return .nothing }
        self.seq = seq
        guard let sent = inFlight, let place = sent.admittedAt, place <= seq else { return .nothing }
        return Outcome(submission: admit(sent))
    }

    /// The property, or what holds it, has got another address.
    ///
    /// - Parameter seq: the move's place in the order.
    public mutating func moved(to path: TreePath, at seq: SequenceNumber) -> Outcome {
        self.path = path
        return reached(seq)
    }
}
