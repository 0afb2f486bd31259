extension SharedText {
    /// The server has refused the user's edit, as `stale` for one: it and what was typed on top of it are lost.
    ///
    /// A refusal after which the same submission is sent again, as `unavailable`, is no event for this value.
    public mutating func refused(_ id: String) -> Outcome {
        guard let sent = inFlight, sent.submission.id == id else { return .nothing }
        return adopt(confirmed, losing: draft)
    }

    /// Somebody has set the property to another string as a whole. A server refuses what is in flight as `stale`, so
    /// that it is lost here already, with what was typed on top of it.
    ///
    /// - Parameter seq: the replacement's place in the order.
    public mutating func replaced(by text: String, at seq: SequenceNumber) -> Outcome {
        guard seq > self.seq else { return .nothing }
        let lost = draft(leftBefore: seq)
        self.seq = seq
        return adopt(text, losing: lost)
    }

    /// The property was removed, with its node perhaps, or is no string any more: this value has come to its end.
    ///
    /// - Parameter seq: the removal's place in the order.
    /// - Returns: what of the user's edits went with it unconfirmed.
    public func deleted(at seq: SequenceNumber) -> TextDraft? {
        draft(leftBefore: seq)
    }

    /// The text has come as a whole, in a snapshot: what led to it is unknown.
    ///
    /// An edit in flight stays there where the text is as it was. Where the text holds the edit already, what waits is
    /// sent. Where neither can be told, the user's edits are given up; should the one in flight have been admitted, or
    /// be admitted yet, it arrives as somebody's edit.
    ///
    /// - Parameter seq: the place in the order for which the text is true; an earlier one than is known is passed over.
    public mutating func reset(to text: String, at seq: SequenceNumber) -> Outcome {
        guard seq >= self.seq else { return .nothing }
        self.seq = seq
        guard let sent = inFlight else { return adopt(text, losing: nil) }
        if sent.admittedAt.map({ $0 <= seq }) ?? text.hasSameBytes(as: applied(sent)) {
            // What waits was never sent, and can be carried over whatever has made this text of the edit's.
            absorb(sent)
            let change = takeIn(.between(confirmed, text))
            return Outcome(change: change ?? TextEdit([]), submission: endFlight())
        }
        return text.hasSameBytes(as: confirmed) ? .nothing : adopt(text, losing: draft)
    }

    /// Displays a text without any of the user's unconfirmed edits.
    private mutating func adopt(_ text: String, losing lost: TextDraft?) -> Outcome {
        let kept = lost?.confirmed ?? displayed
        let back = lost?.edit.inverted(on: kept) ?? TextEdit([])
        confirmed = text
        displayed = text
        state = .synchronized
        return Outcome(change: back.composed(with: .between(kept, text)), trouble: lost.map(Trouble.lost))
    }

    /// What of the user's edits is not in the text just before `seq`.
    private func draft(leftBefore seq: SequenceNumber) -> TextDraft? {
        guard let sent = inFlight, let place = sent.admittedAt, place < seq else { return draft }
        guard case .buffering(_, let waiting) = state else { return nil }
        return TextDraft(text: displayed, edit: waiting.edit, confirmed: applied(sent))
    }
}
