import Dispatch
import TreenityUI

/// Where everything that happens waits for the one loop that owns the model and the terminal.
@MainActor
final class Inbox {
    private var events: [Event] = []
    private var weight = 0
    private var waitingWriters: [CheckedContinuation<Void, Never>] = []
    private var reader: (@MainActor () -> Void)?
    private var isCalling = false
    private var isClosed = false
    /// Whether what has come is to be taken at once; else it may wait for the next picture.
    private(set) var isPressing = false

    /// From so many patches or nodes on, it is time to take them: a key is not to wait for more.
    private static let pressingWeight = 1_000
    /// From so many on, who brings more waits, and so, in the end, the server does.
    private static let highWaterMark = 50_000

    /// Adds what comes from the terminal; never waits.
    func post(_ new: [Event]) {
        events += new
        wake()
    }

    /// Adds what comes from the network; returns when there is room for more, or nobody reads any more.
    func deliver(_ event: Event, weight: Int) async {
        guard !isClosed else { return }
        events.append(event)
        self.weight += weight
        if self.weight >= Inbox.pressingWeight { isPressing = true }
        callReader()
        guard self.weight > Inbox.highWaterMark else { return }
        await withCheckedContinuation { waitingWriters.append($0) }
    }

    /// Has the reader take what there is, though it may be nothing.
    func wake() {
        isPressing = true
        callReader()
    }

    /// Calls the reader, from now on, when something has come: once for all that comes before it is its turn.
    func startReading(_ reader: @escaping @MainActor () -> Void) {
        self.reader = reader
        callReader()
    }

    func stopReading() { reader = nil }

    /// All events that are at hand.
    func take() -> [Event] {
        isPressing = false
        defer {
            events = []
            weight = 0
            for writer in waitingWriters { writer.resume() }
            waitingWriters = []
        }
        return events
    }

    /// As ``take()``, for the last time: nobody who brings something has to wait any more.
    func close() -> [Event] {
        reader = nil
        isClosed = true
        return take()
    }

    /// Behind all that waits in the main queue. To resume a task instead would lead over two other threads.
    private func callReader() {
        guard reader != nil, !isCalling else { return }
        isCalling = true
        DispatchQueue.main.async {
            MainActor.assumeIsolated {
                self.isCalling = false
                self.reader?()
            }
        }
    }
}
