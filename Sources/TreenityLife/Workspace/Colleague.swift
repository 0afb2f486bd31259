public import TreenityProtocol

/// A simulated person who works in the ``Workspace`` beside the real ones, and is marked as simulated.
///
/// Nothing is taken for granted: each step looks at the tree as it is, since others may have changed anything.
public struct Colleague: Sendable {
    /// The name in `meta.user`.
    public let user: String
    private let name: String

    /// The two of the demo.
    public static let all = [Colleague(name: "ann"), Colleague(name: "john.doe")]

    init(name: String) {
        self.name = name
        user = "\(name) (sim)"
    }

    static let tasks: TreePath = "tree/spaces/marketing/tasks"
    static let archive: TreePath = "tree/spaces/marketing/archive"
    static let orders: TreePath = "tree/spaces/sales/orders"
    static let review: TreePath = "tree/tasks/review"
    static let completed: TreePath = "tree/tasks/completed"

    static let maximumTasks = 9
    static let maximumArchive = 12
    static let maximumComments = 5
    private static let statuses = ["assigned", "in-progress", "review", "completed"]
    private static let titles = [
        "Poster for the metro", "Café flyers", "Interview with 佐藤さん", "Photos of the new lamp 💡",
        "Price list in Español", "Radio spot", "Stand at the book fair", "Thank-you cards", "Video for the lobby",
    ]
    private static let remarks = [
        "Looks good to me.", "Can we do this before Friday?", "The printer called back.", "ありがとう!",
        "Moved the deadline by a day.", "Who has the logo in blue?",
    ]

    /// What the colleague does next; `nil`: nothing comes to mind.
    ///
    /// - Parameter tree: what lies at a path, as one JSON value.
    public func nextPatch(
        in tree: (TreePath) -> JSONValue?, using random: inout some RandomNumberGenerator
    ) -> Patch? {
        let tasks = nodes(tree(Colleague.tasks))
        let operation: (TreePath, Patch.Operation)? =
            switch Int.random(in: 0..<100, using: &random) {
            case ..<34: advance(tasks, &random)
            case ..<48: comment(tasks, &random)
            case ..<60: tidy(tasks, nodes(tree(Colleague.archive)))
            case ..<72: addTask(tasks, nodes(tree(Colleague.archive)), &random)
            case ..<84: changeOrder(nodes(tree(Colleague.orders)), &random)
            case ..<92: moveReviewed(nodes(tree(Colleague.review)), nodes(tree(Colleague.completed)), &random)
            default: handOver(tasks, &random)
            }
        return operation.map { path, operation in
            Patch(operation, path, meta: ["user": .string(user), "simulated": true])
        }
    }

    private func nodes(_ value: JSONValue?) -> [JSONValue.Member] {
        (value?.members ?? []).filter { $0.value.isObject && Name.isValid($0.key) }
    }

    private func path(_ parent: TreePath, _ key: String) -> TreePath { parent.appending(Name(stringLiteral: key)) }

    private typealias Step = (TreePath, Patch.Operation)

    /// The next status of a task that is not completed.
    private func advance(_ tasks: [JSONValue.Member], _ random: inout some RandomNumberGenerator) -> Step? {
        let open = tasks.filter { $0.value["status"]?.string != "completed" }
        guard let task = open.randomElement(using: &random) else { return nil }
        let place = Colleague.statuses.firstIndex(of: task.value["status"]?.string ?? "") ?? -1
        return (path(Colleague.tasks, task.key), .edit(["status": .string(Colleague.statuses[place + 1])]))
    }

    private func comment(_ tasks: [JSONValue.Member], _ random: inout some RandomNumberGenerator) -> Step? {
        guard let task = tasks.randomElement(using: &random),
            let remark = Colleague.remarks.randomElement(using: &random)
        else { return nil }
        let comments = task.value["comments"]
        let place = path(Colleague.tasks, task.key).appending("comments" as Name)
        guard comments == nil || comments?.isObject == true else { return nil }
        let known = nodes(comments)
        guard known.count < Colleague.maximumComments else { return known.first.map { (path(place, $0.key), .delete) } }
        let number = (known.compactMap { Int($0.key) }.max() ?? 0) + 1
        return (path(place, String(number)), .add(["name": .string(name), "value": .string(remark)]))
    }

    /// Completed tasks go to the archive, and old ones leave it.
    private func tidy(_ tasks: [JSONValue.Member], _ archive: [JSONValue.Member]) -> Step? {
        if archive.count >= Colleague.maximumArchive, let oldest = archive.first {
            return (path(Colleague.archive, oldest.key), .delete)
        }
        let archived = Set(archive.map(\.key))
        let done = tasks.first { $0.value["status"]?.string == "completed" && !archived.contains($0.key) }
        return done.map { (path(Colleague.tasks, $0.key), .move(to: path(Colleague.archive, $0.key))) }
    }

    private func addTask(
        _ tasks: [JSONValue.Member], _ archive: [JSONValue.Member], _ random: inout some RandomNumberGenerator
    ) -> Step? {
        guard tasks.count < Colleague.maximumTasks, let title = Colleague.titles.randomElement(using: &random) else {
            return nil
        }
        let numbers = (tasks + archive).compactMap { Int($0.key) }.filter { $0 < 1_000_000 }
        let number = (numbers.max() ?? 100) + 1
        return (path(Colleague.tasks, String(number)), .add(Workspace.task(title, "assigned", name, ["new"])))
    }

    private func changeOrder(_ orders: [JSONValue.Member], _ random: inout some RandomNumberGenerator) -> Step? {
        guard let order = orders.randomElement(using: &random) else { return nil }
        let total = max(0, (order.value["total"]?.integer ?? 100) + Int64.random(in: -60...80, using: &random))
        let status = ["open", "packed", "shipped", "paid"].randomElement(using: &random) ?? "open"
        return (path(Colleague.orders, order.key), .edit(["status": .string(status), "total": .integer(total)]))
    }

    /// What was reviewed is completed; later it comes back for review, so that the list does not run dry.
    private func moveReviewed(
        _ review: [JSONValue.Member], _ completed: [JSONValue.Member], _ random: inout some RandomNumberGenerator
    ) -> Step? {
        if let task = review.randomElement(using: &random), !completed.contains(where: { $0.key == task.key }) {
            return (path(Colleague.review, task.key), .move(to: path(Colleague.completed, task.key)))
        }
        guard let task = completed.randomElement(using: &random), !review.contains(where: { $0.key == task.key }) else {
            return nil
        }
        return (path(Colleague.completed, task.key), .move(to: path(Colleague.review, task.key)))
    }

    private func handOver(_ tasks: [JSONValue.Member], _ random: inout some RandomNumberGenerator) -> Step? {
        guard let task = tasks.randomElement(using: &random) else { return nil }
        let other = task.value["assignee"]?.string == "ann" ? "john.doe" : "ann"
        return (path(Colleague.tasks, task.key), .edit(["assignee": .string(other)]))
    }
}
