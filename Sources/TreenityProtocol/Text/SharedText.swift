/// One text that several people edit at once, as one of them has it: what the server has put in order, what is
/// displayed, and what lies between the two.
///
/// A server carries an edit over everything after its `base`, the sender's own edits included. So at most one edit is
/// in flight; what is typed meanwhile is put together into one edit that waits. The states and what leads from one to
/// another:
///
///     synchronized  →  awaiting      the user edits
///     awaiting      →  buffering     the user edits
///     awaiting      →  synchronized  the edit in flight is admitted, refused, or lost
///     buffering     →  awaiting      the edit in flight is admitted: the waiting one is sent;
///                                    or what waits comes to nothing
///     buffering     →  synchronized  the edit in flight is refused, or lost
///
/// The value has no clock, no connection and no identifiers of its own. Its events are methods named after what
/// happened; each returns what is to be done. Of a session it wants everything that bears on the property, in the
/// order of `seq`: text edits, replacements and moves; and ``reached(_:)`` for all else, so that edits do not stand on
/// a `base` that the server has forgotten. Under another epoch, or where the property is no string any more, start
/// anew: what is not confirmed is in ``draft``.
public struct SharedText: Sendable {
    /// The property's address now.
    public internal(set) var path: TreePath
    /// The text as the server has it at ``seq``.
    public internal(set) var confirmed: String
    /// The text as the user sees it: ``confirmed`` with the user's own edits that are not admitted yet.
    public internal(set) var displayed: String
    /// The place in the server's order up to which ``confirmed`` is true.
    public internal(set) var seq: SequenceNumber
    /// What of the user's edits is under way.
    public internal(set) var state = State.synchronized

    /// The text that is at a property, as of `seq`.
    public init(at path: TreePath, _ text: String, seq: SequenceNumber) {
        self.path = path
        self.seq = seq
        confirmed = text
        displayed = text
    }

    /// What of the user's edits is under way between display and server.
    public enum State: Hashable, Sendable {
        /// Nothing: what is displayed is confirmed.
        case synchronized
        /// One edit is sent and not yet admitted, as far as is known here.
        case awaiting(InFlight)
        /// One edit is sent, and another, which is not empty, is made on top of it.
        case buffering(InFlight, Waiting)
    }

    /// An edit that is sent, and whose place in the order has not been reached.
    public struct InFlight: Hashable, Sendable {
        /// What was sent.
        public let submission: TextSubmission
        /// The edit carried over what has arrived since: one of the confirmed text.
        public internal(set) var edit: TextEdit
        /// Its place, where the server has named it before all that precedes it has arrived.
        public internal(set) var admittedAt: SequenceNumber?
    }

    /// What was typed since the edit in flight: one edit of the text that this one makes.
    public struct Waiting: Hashable, Sendable {
        /// The `id` under which it will be sent.
        public let id: String
        /// The edit.
        public internal(set) var edit: TextEdit
    }
}

extension SharedText: Hashable {
    /// Texts are equal byte for byte: an editor has to see where one took the place of a canonically equivalent one.
    public static func == (one: SharedText, other: SharedText) -> Bool {
        one.path == other.path && one.seq == other.seq && one.state == other.state
            && one.confirmed.hasSameBytes(as: other.confirmed) && one.displayed.hasSameBytes(as: other.displayed)
    }

    /// Hashes the place in the order and the bytes of what is displayed.
    public func hash(into hasher: inout Hasher) {
        hasher.combine(seq)
        displayed.hashBytes(into: &hasher)
    }
}

extension SharedText {
    /// What is sent and not admitted yet, exactly as it was sent: to be sent again after the connection was lost.
    ///
    /// The server knows a repeat by its `id`, so that it does not matter whether it has got the first.
    public var unacknowledged: TextSubmission? {
        guard let inFlight, inFlight.admittedAt == nil else { return nil }
        return inFlight.submission
    }

    /// The user's edits that are not confirmed, with the text that they make; `nil` where they come to nothing.
    public var draft: TextDraft? {
        let edit: TextEdit
        switch state {
        case .synchronized: return nil
        case .awaiting(let sent): edit = sent.edit
        case .buffering(let sent, let waiting): edit = sent.edit.composed(with: waiting.edit)
        }
        return edit.isEmpty ? nil : TextDraft(text: displayed, edit: edit, confirmed: confirmed)
    }
}
