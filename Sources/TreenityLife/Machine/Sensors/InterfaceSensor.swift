import TreenityProtocol

/// How much the network interfaces receive and send.
struct InterfaceSensor {
    private var gauges: [String: TransferGauge] = [:]

    /// The node `interfaces`, one below it for each; `nil` where there is none.
    mutating func content(of host: Host, elapsed: Double) -> Subtree? {
        var now: [String: TransferGauge] = [:]
        var nodes: [(name: Name, node: Subtree)] = []
        for (name, counters) in TransferCounters.parse(interfaces: host.contents(of: "/proc/net/dev") ?? []) {
            var gauge = gauges[name] ?? TransferGauge(counters)
            gauge.advance(to: counters, elapsed: elapsed)
            now[name] = gauge
            nodes.append(
                (
                    Name(cleaning: name),
                    InterfaceSensor.content(gauge.rates, state: InterfaceSensor.state(of: name, host))
                ))
        }
        gauges = now
        return nodes.isEmpty ? nil : Subtree(nodes: nodes)
    }

    private static func state(of name: String, _ host: Host) -> String? {
        guard !name.contains("/"), name != ".." else { return nil }
        return host.contents(of: "/sys/class/net/\(name)/operstate")?.trimmed
    }

    private static func content(_ rates: (inward: Int64, outward: Int64), state: String?) -> Subtree {
        let (received, sent) = rates
        return [
            "state": state.map(Subtree.Item.text),
            "value": .text("↓ \(Human.bytes(received))/s ↑ \(Human.bytes(sent))/s"),
            "received": .number(received), "sent": .number(sent),
        ]
    }
}
