import TreenityProtocol

/// What follows from what a session sent.
struct Reaction: Sendable {
    /// To be sent, in this order.
    var deliveries: [Delivery] = []
    /// What a peer that takes no answers is not told.
    var unanswered: [Refusal] = []
    /// Who looks where has changed.
    var movesPresence = false
}
