import TreenityUI

/// Where everything that happens waits for the one loop that owns the model and the terminal.
@MainActor
final class Inbox {
    private var events: [Event] = []
    private var weight = 0
    private var waitingReader: CheckedContinuation<Void, Never>?
    private var waitingWriters: [CheckedContinuation<Void, Never>] = []
    private var isWoken = false

    /// From so many patches or nodes on, who brings more waits, and so, in the end, the server does.
    private static let highWaterMark = 50_000

    /// Adds what comes from the terminal; never waits.
    func post(_ new: [Event]) {
        events += new
        wake()
    }

    /// Adds what comes from the network; returns when there is room for more.
    func deliver(_ event: Event, weight: Int) async {
        events.append(event)
        self.weight += weight
        wake()
        guard self.weight > Inbox.highWaterMark else { return }
        await withCheckedContinuation { waitingWriters.append($0) }
    }

    /// Ends the wait for events, if there is one, though none has come.
    func wake() {
        isWoken = true
        waitingReader?.resume()
        waitingReader = nil
    }

    /// All events that are at hand, if any.
    func takeAtHand() -> [Event] {
        defer { events = [] }
        return events
    }

    /// All events that are at hand; waits until there are some, or until somebody calls ``wake()``.
    func take() async -> [Event] {
        if events.isEmpty, !isWoken { await withCheckedContinuation { waitingReader = $0 } }
        isWoken = false
        defer {
            events = []
            weight = 0
            for writer in waitingWriters { writer.resume() }
            waitingWriters = []
        }
        return events
    }
}
