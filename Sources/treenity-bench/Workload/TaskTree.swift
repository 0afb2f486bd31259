/// The shape of the tree that patches are made for: `spaces`, in it spaces of 1,000 nodes each, in these `tasks`.
///
/// Tasks are numbered within their space, as people number them, so that names recur.
struct TaskTree {
    /// How many spaces.
    let spaceCount: Int

    /// The tasks of a space at the start: with the space and its `tasks` they make 1,000 nodes.
    static let tasksPerSpace = 998
    private static let themes = ["marketing", "website", "sales", "support", "research", "hiring", "finance", "design"]

    /// A tree of so many nodes, but for the root and `spaces`.
    init(nodes: Int) {
        precondition(nodes >= 1000, "a tree of \(nodes) nodes has no space")
        spaceCount = nodes / 1000
    }

    /// How many nodes it has, the root included.
    var nodeCount: Int { 2 + spaceCount * 1000 }

    /// Where one task is.
    struct Address {
        var space: Int32
        var number: Int32
    }

    /// Every task of the tree at the start, in pre-order.
    var addresses: some Sequence<Address> {
        (0..<Int32(spaceCount)).lazy.flatMap { space in
            (1...Int32(TaskTree.tasksPerSpace)).lazy.map { Address(space: space, number: $0) }
        }
    }

    /// The path of a space.
    static func path(ofSpace space: Int32) -> String {
        "tree/spaces/\(themes[Int(space) % themes.count])-\(space)"
    }

    /// The path of a task.
    static func path(of address: Address) -> String {
        "\(path(ofSpace: address.space))/tasks/\(address.number)"
    }
}

extension TaskTree {
    /// One node of the tree at the start.
    struct Node {
        var path: String
        /// A JSON object.
        var properties = "{}"
        var childCount = 0
    }

    /// Passes on every node of the tree at the start, in pre-order.
    func visitNodes(_ receive: (Node) throws -> Void) rethrows {
        var contents = TaskContent(seed: 1)
        try receive(Node(path: "tree", childCount: 1))
        try receive(Node(path: "tree/spaces", childCount: spaceCount))
        for space in 0..<Int32(spaceCount) {
            let path = TaskTree.path(ofSpace: space)
            try receive(Node(path: path, childCount: 1))
            try receive(Node(path: path + "/tasks", childCount: TaskTree.tasksPerSpace))
            for number in 1...Int32(TaskTree.tasksPerSpace) {
                let address = Address(space: space, number: number)
                try receive(Node(path: TaskTree.path(of: address), properties: contents.task()))
            }
        }
    }
}
