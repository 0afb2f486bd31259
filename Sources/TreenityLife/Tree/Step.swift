import TreenityProtocol

/// One operation with the path that it goes to: a patch that nobody has signed yet.
struct Step: Hashable, Sendable {
    let operation: Patch.Operation
    let path: TreePath

    init(_ operation: Patch.Operation, _ path: TreePath) {
        self.operation = operation
        self.path = path
    }

    /// The patch, made by whom `meta` says.
    func patch(at timestamp: Timestamp, meta: JSONValue) -> Patch {
        Patch(operation, path, timestamp: timestamp, meta: meta)
    }
}
