/// Memory and swap in bytes: `/proc/meminfo`.
struct MemoryInfo: Hashable, Sendable {
    let total: Int64
    /// What programs may still get without swapping.
    let available: Int64
    let swapTotal: Int64
    let swapFree: Int64

    /// Reads lines such as `MemTotal:       24684084 kB`; `nil` without a total.
    init?(_ text: ByteText) {
        var amounts: [String: Int64] = [:]
        for line in text.lines {
            let fields = line.fields(limit: 2)
            guard fields.count == 2, let kibibytes = fields[1].integer, 0...Int64.max / 1_024 ~= kibibytes else {
                continue
            }
            amounts[fields[0].text] = kibibytes * 1_024
        }
        guard let total = amounts["MemTotal:"], total > 0 else { return nil }
        self.total = total
        // Kernels before 3.14 do not say what is available.
        let reclaimable = [amounts["MemFree:"], amounts["Buffers:"], amounts["Cached:"]].map { min($0 ?? 0, total) }
        available = min(total, amounts["MemAvailable:"] ?? reclaimable.reduce(0) { min(total, $0 &+ $1) })
        swapTotal = amounts["SwapTotal:"] ?? 0
        swapFree = min(swapTotal, amounts["SwapFree:"] ?? 0)
    }
}
