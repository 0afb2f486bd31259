import TreenityProtocol

/// What the interface remembers of editing, beside the dialog that is open.
struct EditingState: Sendable {
    var drafts = Drafts()
    var kills = KillRing()
    /// What was handed out to be kept last.
    var kept: [Draft] = []
    /// The drafts as they were then, without what was being typed.
    var listed = Drafts()
    /// What was being typed was among what was handed out.
    var keepsOpen = false
    /// Something was typed since then.
    var isTyped = false
    /// When what was being typed was handed out last.
    var keptAt = Timestamp(milliseconds: 0)
    /// What is open in the user's own editor.
    var external: ExternalEditState?
    /// How many edits were handed to the user's own editor.
    var externalCount = 0
}

/// An edit that the user's own editor has.
struct ExternalEditState: Sendable {
    var edit: ExternalEdit
    var subject: EditSubject
    /// What was there when it began.
    var base: JSONValue?
    /// The text has no line break at its end, but the file has one.
    var addsLineBreak: Bool
}
