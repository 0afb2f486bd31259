/// What a node costs in memory.
enum MemoryMeasures {
    static let all = Scale.allCases.map { scale in
        Measure(
            Figure("memory.\(scale.label)", "bytes/node", "resident memory beyond the empty process, with stamps"),
            run: { [try bytesPerNode(scale)] })
    }

    private static func bytesPerNode(_ scale: Scale) throws -> Double {
        let before = try ResidentMemory.now()
        var subject = Subject(remembered: 0)
        let tree = TaskTree(nodes: scale.rawValue)
        var writer = MessageWriter()
        var contents = TaskContent(seed: 1)
        for address in tree.addresses {
            try subject.receive(writer.message("ADD", TaskTree.path(of: address), value: contents.task()))
        }
        let after = try ResidentMemory.now()
        blackHole(subject)
        return Double(after - before) / Double(tree.nodeCount)
    }
}
