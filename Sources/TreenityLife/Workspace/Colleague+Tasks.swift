import TreenityProtocol

/// Work on single tasks.
extension Colleague {
    private func openTasks(_ tree: (TreePath) -> JSONValue?) -> [WorkItem] {
        WorkItem.items(in: Workspace.taskLists + [Workspace.review], tree)
            .filter { $0.status(TaskStatus.self) != nil }
    }

    /// A task goes on: assigned, in progress, in review, completed; and to the list where it belongs then.
    func advancingTask(using generator: inout some RandomNumberGenerator, _ tree: (TreePath) -> JSONValue?) -> Step? {
        guard let task = openTasks(tree).randomElement(using: &generator), let status = task.status(TaskStatus.self)
        else {
            return nil
        }
        let isInReview = task.path.parent == Workspace.review
        switch status {
        case .assigned where !isInReview:
            return starting(task)
        case .assigned, .inProgress:
            return task.setting(["status": .string(TaskStatus.review.rawValue)])
        case .review where !isInReview:
            return moving(task, to: Workspace.review, tree)
        case .review:
            return task.setting(["status": .string(TaskStatus.completed.rawValue)])
        case .completed:
            return moving(task, to: Workspace.completed, tree)
        }
    }

    private func starting(_ task: WorkItem) -> Step? {
        let status = JSONValue.string(TaskStatus.inProgress.rawValue)
        guard task.text("assignee") == nil else { return task.setting(["status": status]) }
        return task.setting(["status": status, "assignee": .string(name)])
    }

    /// To another list, under another name where its own is taken.
    private func moving(_ task: WorkItem, to list: TreePath, _ tree: (TreePath) -> JSONValue?) -> Step? {
        guard let name = task.path.name, Colleague.canHoldNodes(list, tree) else { return nil }
        let taken = Set((Subtree(tree(list))?.entries ?? []).map(\.name))
        let names = [name] + (2...9).compactMap { try? Name("\(name)-\($0)") }
        guard let free = names.first(where: { !taken.contains($0) }) else { return nil }
        return Step(.move(to: list.appending(free)), task.path)
    }

    /// Whether a path is a node, or could become one.
    private static func canHoldNodes(_ path: TreePath, _ tree: (TreePath) -> JSONValue?) -> Bool {
        guard let parent = path.parent else { return true }
        return tree(path)?.isObject ?? canHoldNodes(parent, tree)
    }

    func tickingItem(using generator: inout some RandomNumberGenerator, _ tree: (TreePath) -> JSONValue?) -> Step? {
        let items = openTasks(tree).flatMap { task in
            (task.node.node("checklist")?.nodes ?? []).map { item in
                WorkItem(path: task.path.appending("checklist").appending(item.name), node: item.node)
            }
        }
        return items.filter { $0.text("status") == "open" }.randomElement(using: &generator)?.setting(["status": "done"]
        )
    }

    func commenting(using generator: inout some RandomNumberGenerator, _ tree: (TreePath) -> JSONValue?) -> Step? {
        let room = openTasks(tree).filter { task in
            task.node.property("comments") == nil && (task.node.node("comments")?.entries.count ?? 0) < 4
        }
        guard let task = room.randomElement(using: &generator),
            let text = Phrases.comments.randomElement(using: &generator)
        else { return nil }
        let name = Name.next(after: (task.node.node("comments")?.entries ?? []).map(\.name))
        let path = task.path.appending("comments").appending(name)
        return Step(.add(Workspace.comment(text, by: self)), path)
    }

    /// Adds a sentence to a task's notes, or begins them anew where they are long.
    func writingNotes(using generator: inout some RandomNumberGenerator, _ tree: (TreePath) -> JSONValue?) -> Step? {
        guard let task = openTasks(tree).randomElement(using: &generator),
            let sentence = Phrases.notes.randomElement(using: &generator)
        else { return nil }
        let notes = task.text("notes") ?? ""
        guard !notes.contains(sentence) else { return nil }
        let isShort = !notes.isEmpty && notes.utf8.count < 120
        return task.setting(["notes": .string(isShort ? "\(notes) \(sentence)" : sentence)])
    }

    func assigning(using generator: inout some RandomNumberGenerator, _ tree: (TreePath) -> JSONValue?) -> Step? {
        guard let task = openTasks(tree).randomElement(using: &generator) else { return nil }
        let others = Phrases.people.filter { $0 != task.text("assignee") }
        guard let person = others.randomElement(using: &generator) else { return nil }
        return task.setting(["assignee": .string(person)])
    }
}
