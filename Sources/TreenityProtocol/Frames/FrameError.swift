/// A message that could not be read, with what is needed to answer it.
public struct FrameError: Error, Hashable, Sendable {
    /// The message's `id`, where one could be read.
    public var id: String?
    /// What was wrong.
    public var refusal: Refusal

    /// An error of these parts.
    public init(id: String?, refusal: Refusal) {
        self.id = id
        self.refusal = refusal
    }
}
