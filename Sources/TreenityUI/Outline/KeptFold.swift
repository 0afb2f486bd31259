import TreenityProtocol

/// What was said of the folds of a node, to be said again where it is found.
struct KeptFold: Equatable, Sendable {
    enum State: Equatable, Sendable {
        case open, folded
        /// All below it is open down to so many levels, the node being the first.
        case depth(Int)
    }

    var path: TreePath
    var state: State

    init(_ path: TreePath, _ state: State) {
        self.path = path
        self.state = state
    }

    /// A fold as it was written; `nil`: this is none.
    init?(_ json: JSONValue) {
        guard let path = json["path"]?.string.flatMap({ try? TreePath(parsing: $0) }) else { return nil }
        self.path = path
        if let depth = json["depth"]?.integer, depth > 0 {
            state = .depth(Int(clamping: depth))
        } else if let isOpen = json["open"]?.boolean {
            state = isOpen ? .open : .folded
        } else {
            return nil
        }
    }

    /// The fold, to be written.
    var json: JSONValue {
        switch state {
        case .open: ["path": .string(path.text), "open": true]
        case .folded: ["path": .string(path.text), "open": false]
        case .depth(let depth): ["path": .string(path.text), "depth": .integer(Int64(depth))]
        }
    }
}
