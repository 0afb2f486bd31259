import TreenityProtocol

/// How full memory and swap are.
struct MemorySensor {
    private var memory = StorageGauge(size: 0)
    private var swap = StorageGauge(size: 0)

    /// The nodes `memory` and, where there is any, `swap`.
    mutating func entries(of host: Host) -> [Subtree.Entry] {
        guard let information = host.contents(of: "/proc/meminfo").flatMap(MemoryInfo.init) else { return [] }
        memory = memory.resized(to: information.total)
        let taken = memory.content(used: information.total - information.available)
        var entries = [Subtree.Entry(name: "memory", item: .node(Subtree(taken)))]
        if information.swapTotal > 0 {
            swap = swap.resized(to: information.swapTotal)
            let taken = swap.content(used: information.swapTotal - information.swapFree)
            entries.append(Subtree.Entry(name: "swap", item: .node(Subtree(taken))))
        }
        return entries
    }
}
