extension SharedText {
    /// What follows from what the user did.
    public enum Reaction: Hashable, Sendable {
        /// The edit is to be sent now.
        case send(TextSubmission)
        /// The edit waits until the one in flight is admitted.
        case wait
        /// The edit changes nothing.
        case ignore
        /// The edit reaches beyond the displayed text's end, and is not applied.
        case refuse
    }

    /// What follows from what came from the server.
    public struct Outcome: Hashable, Sendable {
        /// The edit by which the displayed text changed, for an editor to move its cursor by; empty where it did not.
        public var change: TextEdit
        /// What is to be sent now.
        public var submission: TextSubmission?
        /// What the user or the client has to know.
        public var trouble: Trouble?

        /// An outcome of these parts.
        public init(change: TextEdit = TextEdit([]), submission: TextSubmission? = nil, trouble: Trouble? = nil) {
            self.change = change
            self.submission = submission
            self.trouble = trouble
        }

        /// Nothing follows.
        public static let nothing = Outcome()
    }

    /// What did not go as it should.
    public enum Trouble: Hashable, Sendable {
        /// The user's edits will not get into the text; they are no longer displayed.
        case lost(TextDraft)
        /// The server made something else of the user's edit than was displayed: its word holds.
        case corrected
        /// What came does not fit the confirmed text, so that something was missed: nothing is changed, and
        /// ``SharedText/reset(to:at:)`` wants the text as the server has it.
        case outOfStep
    }
}
