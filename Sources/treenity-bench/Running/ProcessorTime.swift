import Foundation

/// The processor time that this process has used, all threads together: it hardly grows while others have the processor.
enum ProcessorTime {
    /// Seconds since the process began.
    static var now: Double {
        var time = timespec()
        guard clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &time) == 0 else {
            preconditionFailure("no clock of processor time: error \(errno)")
        }
        return Double(time.tv_sec) + Double(time.tv_nsec) / 1e9
    }

    /// The seconds that `work` takes.
    static func of(_ work: () throws -> Void) rethrows -> Double {
        let start = now
        try work()
        return now - start
    }
}
