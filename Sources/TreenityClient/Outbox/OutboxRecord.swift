public import TreenityProtocol

/// What happened to the user's edits: a line of the file.
///
/// New → unanswered → settled, unanswered → refused → unanswered (repeated) …, and from everywhere → dropped.
public enum OutboxRecord: Hashable, Sendable {
    /// The user made this edit; of an `id` that is known, this is what it is now.
    case edit(OutboxEdit)
    /// The server has taken the edit of this `id`.
    case settled(String)
    /// The server has not taken the edit of this `id`.
    case refused(String, Refusal)
    /// The edit of this `id` is of no interest any more.
    case dropped(String)
}
