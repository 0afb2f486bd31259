import TreenityProtocol

/// Counts and gauges in Prometheus' text format, version 0.0.4.
struct MetricsText {
    private(set) var text = ""

    /// The format, as HTTP calls it.
    static let contentType = "text/plain; version=0.0.4; charset=utf-8"

    init(_ counts: Metrics.Counts, _ gauges: Gauges) {
        gauge("treenity_seq", "The place of the newest patch in the order.", Int(gauges.seq.value))
        gauge("treenity_nodes", "Nodes in the tree.", gauges.nodes)
        family("treenity_connections", "Open connections, by what is spoken.", "gauge")
        sample("treenity_connections", ["dialect": "session"], gauges.sessions)
        sample("treenity_connections", ["dialect": "bare"], gauges.bareConnections)
        gauge("treenity_subscriptions", "Subscriptions of all sessions.", gauges.subscriptions)
        family("treenity_queue", "What waits to be worked on.", "gauge")
        sample("treenity_queue", ["for": "log"], gauges.waitingEntries)
        sample("treenity_queue", ["for": "archive"], gauges.waitingArchive)
        sample("treenity_queue", ["for": "actions"], gauges.waitingActions)
        family("treenity_patches_total", "Patches that took effect, by operation.", "counter")
        for (name, count) in counts.tally.patches.sorted(by: { $0.key < $1.key }) {
            sample("treenity_patches_total", ["operation": name], count)
        }
        family("treenity_refusals_total", "Proposals that were refused once written down, by code.", "counter")
        for (code, count) in counts.tally.refusals.sorted(by: { $0.key < $1.key }) {
            sample("treenity_refusals_total", ["code": code], count)
        }
        counter("treenity_log_entries_total", "What was written down.", counts.entries)
        counter("treenity_log_failures_total", "How often that failed.", counts.appendFailures)
        counter("treenity_cut_off_total", "Peers that did not keep up.", counts.cutOff)
        histogram("treenity_log_append_seconds", "Until entries were durable.", counts.append)
        histogram("treenity_fan_out_seconds", "From the decision until all sockets were written to.", counts.fanOut)
    }

    // MARK: Lines

    private mutating func family(_ name: String, _ help: String, _ type: String) {
        text += "# HELP \(name) \(help)\n# TYPE \(name) \(type)\n"
    }

    private mutating func gauge(_ name: String, _ help: String, _ value: Int) {
        family(name, help, "gauge")
        sample(name, [:], value)
    }

    private mutating func counter(_ name: String, _ help: String, _ value: Int) {
        family(name, help, "counter")
        sample(name, [:], value)
    }

    private mutating func sample(_ name: String, _ labels: KeyValuePairs<String, String>, _ value: some Numeric) {
        // Labels and their values are names of ours, which need no escapes.
        let list = labels.map { "\($0.key)=\"\($0.value)\"" }.joined(separator: ",")
        text += list.isEmpty ? "\(name) \(value)\n" : "\(name){\(list)} \(value)\n"
    }

    private mutating func histogram(_ name: String, _ help: String, _ histogram: Histogram) {
        family(name, help, "histogram")
        var sum = 0
        for (bound, count) in zip(Histogram.bounds, histogram.counts) {
            sum += count
            sample(name + "_bucket", ["le": "\(bound)"], sum)
        }
        sample(name + "_bucket", ["le": "+Inf"], histogram.count)
        sample(name + "_sum", [:], histogram.sum)
        sample(name + "_count", [:], histogram.count)
    }
}
