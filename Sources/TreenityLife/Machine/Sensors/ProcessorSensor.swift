import TreenityProtocol

/// How busy the processors are.
struct ProcessorSensor {
    private var known: [String: (times: ProcessorTimes, usage: Gauge)] = [:]

    /// The node `cpu`: the machine's usage, and below it that of each processor; `nil` where the kernel does not say.
    mutating func content(of host: Host) -> Subtree? {
        let processors = ProcessorTimes.parse(host.contents(of: "/proc/stat") ?? [])
        guard !processors.isEmpty else { return nil }
        var now: [String: (times: ProcessorTimes, usage: Gauge)] = [:]
        var entries: [Subtree.Entry] = []
        for (name, times) in processors {
            var usage = known[name]?.usage ?? Gauge(.percent)
            if let measured = known[name].flatMap({ times.usage(since: $0.times) }) { _ = usage.show(measured) }
            now[name] = (times, usage)
            let content: Subtree = ["value": .text("\(usage.shown) %"), "usage": .number(usage.shown)]
            // The first line is the sum of all others.
            entries += name == "cpu" ? content.entries : [.init(name: Name(cleaning: name), item: .node(content))]
        }
        known = now
        return Subtree(entries)
    }
}
