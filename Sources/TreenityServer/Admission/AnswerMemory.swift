import TreenityProtocol

/// The answers given to the newest patches that carried an `id`, so that a repeated one is not applied twice.
struct AnswerMemory: Sendable {
    /// An `id` is unique over all sessions of its user.
    struct Key: Hashable, Sendable {
        var user: String
        var id: String
    }

    private let capacity: Int
    private var answers: [Key: Answer] = [:]
    /// The keys in the order in which they came, around the ring from `oldest` on once it is full.
    private var ring: [Key] = []
    private var oldest = 0

    init(capacity: Int) {
        precondition(capacity > 0, "a memory that holds nothing recognises nothing")
        self.capacity = capacity
    }

    /// O(1).
    subscript(key: Key) -> Answer? { answers[key] }

    /// Keeps an answer, in the place of the oldest one where the memory is full. O(1).
    ///
    /// - Precondition: there is none yet under this key.
    mutating func remember(_ answer: Answer, for key: Key) {
        precondition(answers.updateValue(answer, forKey: key) == nil, "the first answer stands")
        guard ring.count == capacity else {
            ring.append(key)
            return
        }
        answers[ring[oldest]] = nil
        ring[oldest] = key
        oldest = (oldest + 1) % capacity
    }
}
