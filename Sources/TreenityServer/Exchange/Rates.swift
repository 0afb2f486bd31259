import TreenityProtocol

/// How much each user has sent of late: a bucket a user that fills steadily up to a second's worth, and from which each
/// patch takes one.
struct Rates: Sendable {
    private struct Bucket {
        /// In thousandths of a patch.
        var level: Int
        var filled: Timestamp
    }

    private var buckets: [String: Bucket] = [:]

    /// Whether a user may send so many patches now. What is larger than a whole bucket needs a full one.
    mutating func admit(_ count: Int, of user: String, at now: Timestamp, perSecond rate: Int) -> Bool {
        let full = rate * 1_000
        var bucket = buckets[user] ?? Bucket(level: full, filled: now)
        // A clock that is set back fills nothing.
        let passed = Int(clamping: max(0, now.milliseconds - bucket.filled.milliseconds))
        bucket.level = min(full, bucket.level + min(passed, 1_000) * rate)
        bucket.filled = now
        let price = min(count * 1_000, full)
        let isAdmitted = bucket.level >= price
        if isAdmitted { bucket.level -= price }
        buckets[user] = bucket
        if buckets.count > 10_000 { forgetIdle(at: now) }
        return isAdmitted
    }

    /// A bucket that is full by now says nothing.
    private mutating func forgetIdle(at now: Timestamp) {
        buckets = buckets.filter { now.milliseconds - $0.value.filled.milliseconds < 1_000 }
    }
}
