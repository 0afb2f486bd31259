internal import CNcurses
internal import Dispatch
internal import Glibc
internal import TreenityUI

/// Reads a terminal on the main queue and hands on the events that its bytes make.
///
/// Reads only what is there and leaves the descriptor blocking: the flag belongs to the open file, which the shell and
/// this process's own output share.
@MainActor
final class TerminalInput {
    private let descriptor: Int32
    private let source: any DispatchSourceRead
    private let timer: any DispatchSourceTimer
    private var decoder: KeyDecoder
    private var deliver: @MainActor ([TerminalEvent]) -> Void = { _ in }
    private var end: @MainActor () -> Void = {}
    private var wasWaiting = false
    private var state = State.paused

    /// paused ⇄ reading; either → cancelled.
    private enum State {
        case paused
        case reading
        case cancelled
    }

    /// How long the rest of a key may take; long enough for a busy line, short enough for Escape to feel immediate.
    private static let keyPatience = DispatchTimeInterval.milliseconds(40)
    /// How long a paste may pause before it counts as ended; without an end, no key would work ever again.
    private static let pastePatience = DispatchTimeInterval.seconds(2)
    /// The most that is read at once, so that a flood of input does not keep the screen from being drawn.
    private static let batchSize = 1 << 16

    /// Prepares reading; nothing is read before ``resume()``.
    init(descriptor: Int32, decoder: KeyDecoder) throws(TerminalError) {
        // A copy of its own, which lives until Dispatch has let go of it.
        let copy = fcntl(descriptor, F_DUPFD_CLOEXEC, 3)
        guard copy >= 0 else { throw .outOfResources }
        self.descriptor = copy
        self.decoder = decoder
        source = DispatchSource.makeReadSource(fileDescriptor: copy, queue: .main)
        timer = DispatchSource.makeTimerSource(queue: .main)
        source.setCancelHandler { close(copy) }
        source.setEventHandler { [weak self] in MainActor.assumeIsolated { self?.read() } }
        timer.setEventHandler { [weak self] in MainActor.assumeIsolated { self?.stopWaiting() } }
        timer.activate()
    }

    /// Whether the terminal holds a picture back until it is complete; `nil`: it has not said.
    var synchronizes: Bool? { decoder.synchronizes }

    /// Says who gets the events, and who is told, once, when nothing more can come.
    func start(deliver: @escaping @MainActor ([TerminalEvent]) -> Void, end: @escaping @MainActor () -> Void) {
        self.deliver = deliver
        self.end = end
    }

    /// Reads from now on.
    func resume() {
        guard state == .paused else { return }
        state = .reading
        source.resume()
    }

    /// Leaves the terminal to another reader.
    func pause() {
        guard state == .reading else { return }
        state = .paused
        source.suspend()
    }

    /// Never reads again.
    func cancel() {
        source.cancel()
        timer.cancel()
        // A suspended source would not get as far as its cancelling.
        if state == .paused { source.resume() }
        state = .cancelled
        (deliver, end) = ({ _ in }, {})
    }

    private func read() {
        cn_guard_stack()
        guard state == .reading, !isInBackground else { return }
        var bytes: [UInt8] = []
        var isAtEnd = false
        while bytes.count < TerminalInput.batchSize, hasInput {
            let chunk = readChunk()
            if chunk.isEmpty {
                isAtEnd = true
                break
            }
            bytes += chunk
        }
        let events = decoder.decode(bytes)
        waitForMore()
        if !events.isEmpty { deliver(events) }
        if isAtEnd {
            let end = end
            cancel()
            end()
        }
    }

    /// Another job has the terminal. Reading now would fail as if the terminal were gone.
    private var isInBackground: Bool {
        let group = tcgetpgrp(descriptor)
        return group > 0 && group != getpgrp()
    }

    private var hasInput: Bool {
        var request = pollfd(fd: descriptor, events: Int16(POLLIN), revents: 0)
        return poll(&request, 1, 0) > 0
    }

    /// Some bytes; none at the end and when the terminal is gone.
    private func readChunk() -> [UInt8] {
        [UInt8](unsafeUninitializedCapacity: 4096) { buffer, count in
            var result = -1
            repeat {
                result = Glibc.read(descriptor, buffer.baseAddress, buffer.count)
            } while result < 0 && errno == EINTR
            count = max(0, result)
        }
    }

    private func waitForMore() {
        let isWaiting = decoder.awaits != .nothing
        defer { wasWaiting = isWaiting }
        // To set a timer wakes another thread.
        guard isWaiting || wasWaiting else { return }
        switch decoder.awaits {
        case .nothing: timer.schedule(deadline: .distantFuture)
        case .restOfKey: timer.schedule(deadline: .now() + TerminalInput.keyPatience)
        case .restOfPaste: timer.schedule(deadline: .now() + TerminalInput.pastePatience)
        }
    }

    private func stopWaiting() {
        // The main thread may have been busy for so long: what waits to be read could be the rest.
        guard state == .reading, !hasInput else { return }
        let events = decoder.flush()
        if !events.isEmpty { deliver(events) }
    }
}
