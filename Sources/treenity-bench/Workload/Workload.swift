/// A tree of tasks and patches for it: first those that build it, one `ADD` a task, then 80 % `EDIT`, 10 % `ADD`, 5 %
/// `DELETE` and 5 % `MOVE` of random tasks.
///
/// It keeps its own account of what exists, so that every message is valid when they are applied in order.
struct Workload {
    let tree: TaskTree
    private var writer = MessageWriter()
    private var contents = TaskContent(seed: 1)
    private var random = SeededGenerator(seed: 2)
    private var tasks: [TaskTree.Address] = []
    private var usedNumbers: [Int32]

    /// How many messages a measure takes.
    static let messageCount = 300_000

    /// Patches for a tree of so many nodes.
    init(nodes: Int) {
        tree = TaskTree(nodes: nodes)
        usedNumbers = Array(repeating: Int32(TaskTree.tasksPerSpace), count: tree.spaceCount)
    }

    /// How many nodes exist when all messages so far are applied, the root included.
    var nodeCount: Int { 2 + 2 * tree.spaceCount + tasks.count }

    /// Passes on the messages that build the tree, one by one.
    ///
    /// - Precondition: no message was asked for before.
    mutating func build(_ receive: ([UInt8]) throws -> Void) rethrows {
        precondition(tasks.isEmpty, "the tree is there already")
        tasks.reserveCapacity(tree.nodeCount)
        for address in tree.addresses {
            tasks.append(address)
            try receive(writer.message("ADD", TaskTree.path(of: address), value: contents.task()))
        }
    }

    /// The next `count` messages after those that build the tree.
    mutating func messages(_ count: Int = messageCount) -> [[UInt8]] {
        (0..<count).map { _ in nextMessage() }
    }

    private mutating func nextMessage() -> [UInt8] {
        switch Int.random(in: 0..<100, using: &random) {
        case 0..<80: return writer.message("EDIT", TaskTree.path(of: tasks[randomIndex()]), value: contents.edit())
        case 80..<90:
            let address = unusedAddress()
            tasks.append(address)
            return writer.message("ADD", TaskTree.path(of: address), value: contents.task())
        case 90..<95:
            let index = randomIndex()
            tasks.swapAt(index, tasks.endIndex - 1)
            return writer.message("DELETE", TaskTree.path(of: tasks.removeLast()))
        default:
            let index = randomIndex()
            let source = TaskTree.path(of: tasks[index])
            tasks[index] = unusedAddress()
            return writer.message("MOVE", source, value: "{\"to\":\"\(TaskTree.path(of: tasks[index]))\"}")
        }
    }

    private mutating func randomIndex() -> Int { Int.random(in: tasks.indices, using: &random) }

    private mutating func unusedAddress() -> TaskTree.Address {
        let space = Int.random(in: usedNumbers.indices, using: &random)
        usedNumbers[space] += 1
        return TaskTree.Address(space: Int32(space), number: usedNumbers[space])
    }
}
