import Testing
import TreenityLog
import TreenityProtocol

@Suite struct HistoryWalkTests {
    /// What happened, oldest first.
    private let story: [Patch] = [
        Patch(.add(["n": ["p": 1]]), "tree/a"),  // 1
        Patch(.edit(2), "tree/a/n/p"),  // 2
        Patch(.edit(["n": ["p": 3], "q": 1]), "tree/a"),  // 3
        Patch(.edit(["q": 2]), "tree/a"),  // 4
        Patch(.move(to: "tree/b"), "tree/a"),  // 5
        Patch(.add(["n": ["p": 9]]), "tree/a"),  // 6
        Patch(.move(to: "tree/c"), "tree/b/n"),  // 7
        Patch(.edit(4), "tree/c/p"),  // 8
        Patch(.execute(1), "tree"),  // 9
        Patch(.delete, "tree/a"),  // 10
    ]

    private func history(of path: TreePath) -> [Int] {
        var walk = HistoryWalk(of: path)
        return story.indices.reversed().filter { walk.take(story[$0]) }.map { $0 + 1 }
    }

    @Test(
        "A history has what concerns the thing, at the addresses that it had",
        arguments: [
            ("tree/c", [8, 7, 5, 3, 2, 1]), ("tree/c/p", [8, 7, 5, 3, 2, 1]), ("tree/b", [7, 5, 4, 3, 2, 1]),
            ("tree/a", [10, 6, 5, 4, 3, 2, 1]), ("tree/a/n", [10, 6, 5, 3, 2, 1]), ("tree/none", []),
            ("tree", Array((1...10).reversed())), ("tree/ab", []),
        ] as [(TreePath, [Int])])
    func histories(path: TreePath, numbers: [Int]) {
        #expect(history(of: path) == numbers)
    }

    @Test("What may be left out is only what does not concern the address")
    func sieve() {
        for path in ["tree/c", "tree/a/n", "tree/b", "tree"] as [TreePath] {
            var walk = HistoryWalk(of: path)
            for patch in story.reversed() {
                var target: String?
                if case .move(let to) = patch.operation { target = to.text }
                let mayConcern = walk.mayConcern(patch.path.text, target)
                let concerns = walk.take(patch)
                #expect(mayConcern || !concerns)
            }
        }
    }
}
