public import TreenityProtocol

/// The workspace of a small company that makes things for coffee: what its people do, as a tree to browse.
public enum Workspace {
    /// What the root holds in the beginning: `spaces` and `tasks`, some hundred nodes.
    public static let initial: JSONValue = [
        "spaces": ["marketing": marketing, "sales": sales, "website": website],
        "tasks": ["review": tasksInReview, "completed": completedTasks],
    ]

    /// Where tasks are worked on.
    static let taskLists: [TreePath] = ["tree/spaces/marketing/tasks", "tree/spaces/website/tasks"]
    /// Where tasks wait for a second pair of eyes.
    static let review: TreePath = "tree/tasks/review"
    /// Where tasks end.
    static let completed: TreePath = "tree/tasks/completed"
    /// Where orders are.
    static let orders: TreePath = "tree/spaces/sales/orders"
    /// Where campaigns are.
    static let campaigns: TreePath = "tree/spaces/marketing/campaigns"
}

extension Workspace {
    /// A task as it is kept in the tree.
    static func task(
        _ name: String, _ status: TaskStatus, by author: Colleague = .ann, for assignee: String? = nil,
        tags: [String] = [], due: String? = nil, notes: String = "", checklist: [(name: String, isDone: Bool)] = [],
        comments: [(author: Colleague, text: String)] = []
    ) -> JSONValue {
        var members: [JSONValue.Member] = [
            .init(key: "name", value: .string(name)),
            .init(key: "status", value: .string(status.rawValue)),
            .init(key: "assignee", value: assignee.map(JSONValue.string) ?? .null),
            .init(key: "tags", value: .array(tags.map(JSONValue.string))),
            .init(key: "due", value: due.map(JSONValue.string) ?? .null),
            .init(key: "notes", value: .string(notes)),
            .init(key: "author", value: .string(author.user)),
        ]
        let items = checklist.map { item -> JSONValue in
            ["name": .string(item.name), "status": item.isDone ? "done" : "open"]
        }
        if !items.isEmpty { members.append(.init(key: "checklist", value: numbered(items))) }
        let remarks = comments.map { comment($0.text, by: $0.author) }
        if !remarks.isEmpty { members.append(.init(key: "comments", value: numbered(remarks))) }
        return .object(members)
    }

    /// What someone remarks on a task.
    static func comment(_ text: String, by author: Colleague) -> JSONValue {
        ["name": .string(author.name), "value": .string(text), "author": .string(author.user)]
    }

    /// An order as it is kept in the tree; `total` in euros.
    static func order(
        _ name: String, _ status: OrderStatus, by author: Colleague = .john, total: Int64, items: [String] = []
    ) -> JSONValue {
        let order: JSONValue = [
            "name": .string(name), "status": .string(status.rawValue), "total": .integer(total), "currency": "EUR",
            "author": .string(author.user),
        ]
        guard !items.isEmpty else { return order }
        return order.setting("items", to: numbered(items.map { ["name": .string($0)] }))
    }

    /// Nodes by the numbers from `first` on.
    static func numbered(_ nodes: [JSONValue], from first: Int = 1) -> JSONValue {
        .object(zip(first..., nodes).map { JSONValue.Member(key: "\($0)", value: $1) })
    }
}
