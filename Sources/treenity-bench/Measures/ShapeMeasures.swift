/// Whether the time of a patch depends on the shape of the tree: on the number of siblings, and on what lies below.
///
/// The patches are decoded beforehand. All trees have 100,000 nodes, so that caches miss equally often.
enum ShapeMeasures {
    static let all = [
        siblings(10, "10"), siblings(treeSize, "100k"), subtree(10, "10"), subtree(treeSize, "100k"),
    ]

    private static let treeSize = 100_000
    private static let patchCount = treeSize / 2

    private static func siblings(_ count: Int, _ label: String) -> Measure {
        Measure(
            Figure("apply.siblings.\(label).edit", "ns", "an EDIT of a node among \(label) siblings"),
            Figure("apply.siblings.\(label).add", "ns", "an ADD under a parent with \(label) children or some more"),
            run: { try edit(amongSiblings: count) })
    }

    private static func subtree(_ count: Int, _ label: String) -> Measure {
        Measure(
            Figure("move.subtree.\(label)", "ns", "a MOVE of a node with \(label) nodes below it"),
            run: { [try move(withNodesBelow: count)] })
    }

    private static func edit(amongSiblings count: Int) throws -> [Double] {
        var writer = MessageWriter()
        var contents = TaskContent(seed: 1)
        var random = SeededGenerator(seed: 2)
        var subject = Subject()
        let parents = treeSize / count
        for child in 0..<count {
            for parent in 0..<parents {
                try subject.receive(writer.message("ADD", "tree/\(parent)/\(child)", value: contents.task()))
            }
        }
        var messages: [[UInt8]] = []
        for _ in 0..<patchCount {
            let parent = Int.random(in: 0..<parents, using: &random)
            let child = Int.random(in: 0..<count, using: &random)
            messages.append(writer.message("EDIT", "tree/\(parent)/\(child)", value: contents.edit()))
        }
        let edits = try nanoseconds(messages, in: &subject)
        // Every parent gets half as many again.
        messages = (0..<patchCount).map { index in
            let path = "tree/\(index % parents)/\(count + index / parents)"
            return writer.message("ADD", path, value: contents.task())
        }
        return [edits, try nanoseconds(messages, in: &subject)]
    }

    private static func move(withNodesBelow count: Int) throws -> Double {
        var writer = MessageWriter()
        var contents = TaskContent(seed: 1)
        var subject = Subject()
        for node in 0..<treeSize {
            let top = node < count ? "here/moving" : "staying"
            try subject.receive(writer.message("ADD", "tree/\(top)/\(node)", value: contents.task()))
        }
        let messages = (0..<patchCount).map { index in
            let (source, target) = index.isMultiple(of: 2) ? ("here", "there") : ("there", "here")
            return writer.message("MOVE", "tree/\(source)/moving", value: "{\"to\":\"tree/\(target)/moving\"}")
        }
        return try nanoseconds(messages, in: &subject)
    }

    private static func nanoseconds(_ messages: [[UInt8]], in subject: inout Subject) throws -> Double {
        let patches = try messages.map { try Subject.decode($0) }
        let seconds = try ProcessorTime.of {
            for patch in patches { try subject.apply(patch) }
        }
        return seconds / Double(patches.count) * 1e9
    }
}
