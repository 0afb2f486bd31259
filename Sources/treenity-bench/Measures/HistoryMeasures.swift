import TreenityStore

/// What it takes to remember changes, and to go back and forth over them.
enum HistoryMeasures {
    static let all = [
        Measure(
            Figure("timeline.back", "ns", "a patch taken back, in a tree of 100,000 nodes"),
            Figure("timeline.forth", "ns", "the same patch done again"),
            Figure("history.change", "bytes", "a remembered change, as the history estimates it"),
            run: travel)
    ]

    private static func travel() throws -> [Double] {
        var workload = Workload(nodes: Scale.hundredThousand.rawValue)
        var subject = Subject(remembered: 1 << 30)
        try workload.build { try subject.receive($0) }
        let start = subject.history.end
        for message in workload.messages() { try subject.receive(message) }
        let end = subject.history.end
        let count = Double(end.number - start.number)
        let bytes = Double(subject.history.estimatedBytes) / Double(subject.history.count)
        var timeline = Timeline(subject.replica, subject.history)
        let back = try ProcessorTime.of { try timeline.go(to: start) }
        let forth = try ProcessorTime.of { try timeline.go(to: end) }
        return [back / count * 1e9, forth / count * 1e9, bytes]
    }
}
