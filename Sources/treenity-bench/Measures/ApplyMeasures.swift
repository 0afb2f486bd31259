import TreenityStore

/// Decoding and applying: the whole way of a message into the tree, stamps and report of changes included.
enum ApplyMeasures {
    static let all = Scale.allCases.flatMap { scale in
        [
            Measure(
                Figure("apply.\(scale.label).rate", "patches/cpu-s", "decode and apply what a server has decided"),
                run: { [try rate(scale, .decided)] }),
            Measure(
                Figure("admit.\(scale.label).rate", "patches/cpu-s", "decode and apply with every check of a server"),
                run: { [try rate(scale, .admission)] }),
        ]
    }

    private static func rate(_ scale: Scale, _ rule: ApplyRule) throws -> Double {
        var workload = Workload(nodes: scale.rawValue)
        var subject = Subject(rule: rule)
        try workload.build { try subject.receive($0) }
        let messages = workload.messages()
        let seconds = try ProcessorTime.of {
            for message in messages { try subject.receive(message) }
        }
        guard subject.replica.nodeCount == workload.nodeCount else {
            throw BenchError("\(subject.replica.nodeCount) nodes are there instead of \(workload.nodeCount)")
        }
        return Double(messages.count) / seconds
    }
}
