import Glibc
import TreenityProtocol

/// The machine's clock.
enum WallClock {
    static var now: Timestamp {
        var time = timespec()
        clock_gettime(CLOCK_REALTIME, &time)
        return Timestamp(milliseconds: Int64(time.tv_sec) * 1_000 + Int64(time.tv_nsec) / 1_000_000)
    }

    /// Seconds by which the local time is ahead of UTC now.
    static var utcOffset: Int64 {
        var seconds = time(nil)
        var local = tm()
        localtime_r(&seconds, &local)
        return Int64(local.tm_gmtoff)
    }
}
