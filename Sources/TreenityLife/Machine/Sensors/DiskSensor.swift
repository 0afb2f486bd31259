import TreenityProtocol

/// How much the disks read and write.
struct DiskSensor {
    private var gauges: [String: TransferGauge] = [:]

    /// The node `disks`, one below it for each whole disk that was ever used; `nil` where there is none.
    mutating func content(of host: Host, elapsed: Double) -> Subtree? {
        let wholes = host.names(in: "/sys/block").map(Set.init)
        var now: [String: TransferGauge] = [:]
        var nodes: [(name: Name, node: Subtree)] = []
        for (name, counters) in TransferCounters.parse(diskstats: host.contents(of: "/proc/diskstats") ?? []) {
            // Partitions are not listed; a device of the kernel's names has `!` for a slash there.
            let isWhole = wholes?.contains(String(name.map { $0 == "/" ? "!" : $0 })) ?? true
            let isUsed = counters.inward > 0 || counters.outward > 0
            guard isWhole, isUsed, !name.hasPrefix("loop"), !name.hasPrefix("ram") else { continue }
            var gauge = gauges[name] ?? TransferGauge(counters)
            gauge.advance(to: counters, elapsed: elapsed)
            now[name] = gauge
            nodes.append((Name(cleaning: name), DiskSensor.content(gauge.rates)))
        }
        gauges = now
        return nodes.isEmpty ? nil : Subtree(nodes: nodes)
    }

    private static func content(_ rates: (inward: Int64, outward: Int64)) -> Subtree {
        let (read, written) = rates
        let text = read + written > 0 ? "read \(Human.bytes(read))/s, write \(Human.bytes(written))/s" : "idle"
        return ["value": .text(text), "read": .number(read), "written": .number(written)]
    }
}
