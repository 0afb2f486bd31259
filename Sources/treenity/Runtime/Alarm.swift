import Dispatch
import TreenityProtocol

/// Wakes the loop at a time that it asked for.
@MainActor
final class Alarm {
    private let timer = DispatchSource.makeTimerSource(queue: .main)
    private var time: Timestamp?

    init(_ ring: @escaping @MainActor () -> Void) {
        timer.schedule(deadline: .distantFuture)
        timer.setEventHandler { [weak self] in
            MainActor.assumeIsolated {
                self?.time = nil
                ring()
            }
        }
        timer.activate()
    }

    /// Rings once at a time, or soon if it is past, and not at any earlier asked time.
    func set(_ time: Timestamp) {
        // To set it wakes another thread.
        guard time != self.time else { return }
        self.time = time
        let wait = max(0, time.milliseconds - WallClock.now.milliseconds)
        timer.schedule(deadline: .now() + .milliseconds(Int(wait)), leeway: .milliseconds(1))
    }
}
