import Dispatch

/// Wakes the loop at a time that it asked for.
@MainActor
final class Alarm {
    private let timer = DispatchSource.makeTimerSource(queue: .main)

    init(_ ring: @escaping @MainActor () -> Void) {
        timer.setEventHandler { MainActor.assumeIsolated(ring) }
        timer.schedule(deadline: .distantFuture)
        timer.activate()
    }

    /// Rings once after so many milliseconds, and not at any earlier asked time.
    func set(milliseconds: Int64) {
        timer.schedule(deadline: .now() + .milliseconds(Int(max(0, milliseconds))), leeway: .milliseconds(1))
    }
}
