import TreenityProtocol

/// What the machine is and how long it has been up. What it is is read once.
struct SystemSensor {
    private var facts: (title: String?, kernel: String?)?

    /// The properties of the machine's own node.
    mutating func entries(of host: Host) -> [Subtree.Entry] {
        let facts = facts ?? (SystemSensor.title(host), host.contents(of: "/proc/sys/kernel/osrelease")?.trimmed)
        self.facts = facts
        let uptime = host.contents(of: "/proc/uptime")?.fields(limit: 1).first.flatMap { Double($0.text) }
        // Seconds would make a patch each second.
        let minutes = uptime.flatMap { 0..<0x1p50 ~= $0 ? Int64($0) / 60 : nil }
        let system: Subtree = [
            "title": facts.title.map(Subtree.Item.text),
            "state": minutes.map { .text("up " + Human.duration(minutes: $0)) },
            "kernel": facts.kernel.map(Subtree.Item.text),
            "uptime": minutes.map { .number($0 * 60) },
        ]
        return system.entries
    }

    private static func title(_ host: Host) -> String? {
        let lines = host.contents(of: "/etc/os-release")?.lines ?? []
        let value = lines.lazy.compactMap { $0.dropping(prefix: "PRETTY_NAME=") }.first?.trimmed
        return value.map { $0.filter { $0 != "\"" && $0 != "'" } }
    }
}
