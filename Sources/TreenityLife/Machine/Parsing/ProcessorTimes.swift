/// The time one processor has spent since the start, in ticks: a line of `/proc/stat`.
struct ProcessorTimes: Hashable, Sendable {
    let busy: Int64
    let idle: Int64

    /// The lines `cpu`, for all processors together, and `cpu0` and so on, by their names in order.
    static func parse(_ text: ByteText) -> [(name: String, times: ProcessorTimes)] {
        var processors: [(name: String, times: ProcessorTimes)] = []
        // They stand first; what follows is long.
        for line in text.lines {
            guard line.dropping(prefix: "cpu") != nil else { break }
            let fields = line.fields(limit: 9)
            let ticks = fields.dropFirst().map { $0.integer ?? 0 }
            guard ticks.count >= 4 else { continue }
            processors.append((fields[0].text, ProcessorTimes(ticks)))
        }
        return processors
    }

    /// user nice system idle iowait irq softirq steal; a guest's time is in user's already.
    private init(_ ticks: [Int64]) {
        let idle = ticks[3] &+ (ticks.count > 4 ? ticks[4] : 0)
        self.idle = idle
        busy = ticks.reduce(0, &+) &- idle
    }

    /// The busy part of the time since `earlier`, in per cent; `nil` where no time has passed.
    func usage(since earlier: ProcessorTimes) -> Double? {
        // Idle times may run backwards by a tick or two.
        let busy = Double(max(0, self.busy &- earlier.busy))
        let idle = Double(max(0, self.idle &- earlier.idle))
        return busy + idle > 0 ? busy / (busy + idle) * 100 : nil
    }
}
