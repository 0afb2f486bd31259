/// The rates at which bytes go in and out, from one look at the counters to the next.
struct TransferGauge {
    private var counters: TransferCounters
    private var inward = Gauge(.rate)
    private var outward = Gauge(.rate)

    /// A gauge that shows 0 until it has seen the counters again.
    init(_ counters: TransferCounters) {
        self.counters = counters
    }

    /// Bytes a second.
    var rates: (inward: Int64, outward: Int64) { (inward.shown, outward.shown) }

    /// Takes the counters as they are `elapsed` seconds after the last look.
    mutating func advance(to now: TransferCounters, elapsed: Double) {
        guard elapsed > 0 else { return }
        // A counter that runs backwards was reset.
        _ = inward.show(Double(max(0, now.inward &- counters.inward)) / elapsed)
        _ = outward.show(Double(max(0, now.outward &- counters.outward)) / elapsed)
        counters = now
    }
}
