import TreenityProtocol

/// What is added to the workspace, and what is taken away so that it stays of one size.
extension Colleague {
    /// So many tasks a list are enough to choose from.
    private static let openTasksWanted = 8
    /// So many orders on their way.
    private static let openOrdersWanted = 7
    private static let completedTasksKept = 20
    private static let deliveredOrdersKept = 8

    func addingTask(
        at timestamp: Timestamp, using generator: inout some RandomNumberGenerator, _ tree: (TreePath) -> JSONValue?
    ) -> Step? {
        let short = Workspace.taskLists.filter { list in
            guard let tasks = Subtree(tree(list))?.nodes else { return false }
            return tasks.count < Colleague.openTasksWanted
        }
        let inReview = Subtree(tree(Workspace.review))?.nodes.count ?? 0
        guard inReview < Colleague.openTasksWanted, let list = short.randomElement(using: &generator),
            let title = Phrases.tasks.randomElement(using: &generator),
            let tag = Phrases.tags.randomElement(using: &generator)
        else { return nil }
        // Tasks keep their numbers from list to list.
        let lists = Workspace.taskLists + [Workspace.review, Workspace.completed]
        let name = Name.next(after: lists.flatMap { (Subtree(tree($0))?.entries ?? []).map(\.name) })
        let due = CalendarDay(Int64.random(in: 3...30, using: &generator), after: timestamp)
        let task = Workspace.task(title, .assigned, by: self, tags: [tag], due: due.description)
        return Step(.add(task), list.appending(name))
    }

    func addingOrder(using generator: inout some RandomNumberGenerator, _ tree: (TreePath) -> JSONValue?) -> Step? {
        guard let orders = Subtree(tree(Workspace.orders)) else { return nil }
        let open = orders.nodes.count { $0.node.property("status")?.string != OrderStatus.delivered.rawValue }
        guard open < Colleague.openOrdersWanted, let title = Phrases.orders.randomElement(using: &generator) else {
            return nil
        }
        let total = Int64.random(in: 20...400, using: &generator) * 10
        let order = Workspace.order(title, .new, by: self, total: total)
        return Step(.add(order), Workspace.orders.appending(Name.next(after: orders.entries.map(\.name))))
    }

    /// Takes back a comment, or a task that nobody has begun, of one's own.
    func withdrawing(using generator: inout some RandomNumberGenerator, _ tree: (TreePath) -> JSONValue?) -> Step? {
        let tasks = WorkItem.items(in: Workspace.taskLists, tree)
        let comments = tasks.flatMap { task in
            (task.node.node("comments")?.nodes ?? []).map { comment in
                WorkItem(path: task.path.appending("comments").appending(comment.name), node: comment.node)
            }
        }
        let own = (comments + tasks.filter { $0.status(TaskStatus.self) == .assigned }).filter(isOwn)
        return own.randomElement(using: &generator).map { Step(.delete, $0.path) }
    }

    /// Deletes the oldest of one's own completed tasks or delivered orders, where there are too many.
    func tidying(_ tree: (TreePath) -> JSONValue?) -> Step? {
        let completed = WorkItem.items(in: [Workspace.completed], tree)
        let delivered = WorkItem.items(in: [Workspace.orders], tree).filter {
            $0.status(OrderStatus.self) == .delivered
        }
        let surplus =
            completed.count > Colleague.completedTasksKept
            ? completed : delivered.count > Colleague.deliveredOrdersKept ? delivered : []
        let oldest = surplus.filter(isOwn).min { ($0.number ?? .max) < ($1.number ?? .max) }
        return oldest.map { Step(.delete, $0.path) }
    }

    private func isOwn(_ item: WorkItem) -> Bool { item.text("author") == user }
}
