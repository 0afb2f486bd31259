import TreenityProtocol

/// The text of a property while it is open on a page: what others edit comes in as it happens, what is typed goes out as an
/// edit of the text and not as a whole.
///
/// It goes out when it is saved; in *live* mode already when nothing was typed for a moment, so that the others see it come
/// into being. At most one edit is under way.
struct SharedEdit: Sendable {
    /// The text as others have it, with the edit that is under way. What is typed beyond that is ``TextField/made``.
    var text: SharedText
    var isLive = false
    /// The page closes when the edit that is under way has been taken, and the rest has gone out.
    var isClosing = false
    /// Who edited it too.
    var company: String?
    /// When the first and the last key came since the text went out.
    private var typed: (first: Timestamp, last: Timestamp)?

    /// In live mode what is typed goes out after a pause of so many milliseconds, and at the latest after ``mostDelay``.
    private static let pause: Int64 = 300
    private static let mostDelay: Int64 = 1_000

    init(_ text: SharedText) {
        self.text = text
    }

    mutating func typed(at now: Timestamp) {
        typed = (typed?.first ?? now, now)
    }

    mutating func wentOut() { typed = nil }

    /// When what is typed is to go out; `nil`: not by itself.
    var due: Timestamp? {
        guard isLive, let typed, text.state == .synchronized else { return nil }
        return Timestamp(
            milliseconds: min(
                typed.last.milliseconds + SharedEdit.pause, typed.first.milliseconds + SharedEdit.mostDelay))
    }
}
