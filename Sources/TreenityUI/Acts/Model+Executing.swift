import TreenityProtocol
import TreenityStore

extension Model {
    /// Asks for the argument of the actions.
    mutating func askToExecute() {
        guard mayChange(), isUnlocked(), hasSettled() else { return }
        let paths = targets.compactMap(path)
        guard !paths.isEmpty else {
            notice = .warning("this node is gone; move on to another one")
            return
        }
        guard connection.session != nil else {
            notice = .warning("offline: an action runs only while the server is there")
            return
        }
        dialog = .act(.question(Question(.execute(paths))))
    }

    /// What a typed argument means.
    static func argument(_ text: String) -> (value: JSONValue?, complaint: String?) {
        guard text.contains(where: { !$0.isWhitespace }) else { return (nil, nil) }
        do {
            return (try JSONValue(parsing: text), nil)
        } catch {
            return (nil, "no JSON: \(error)")
        }
    }

    /// Runs the actions, each by itself: the server takes none as part of a batch.
    ///
    /// - Returns: what is wrong.
    mutating func execute(_ paths: [TreePath], _ text: String) -> String? {
        let (value, complaint) = Model.argument(text)
        if let complaint { return complaint }
        for path in paths {
            guard send(.execute(value), path) else { return notice?.text ?? "nothing was done" }
        }
        acts.unmark()
        notice = .information(paths.count == 1 ? "\(paths[0]) runs …" : "\(paths.count) actions run …")
        return nil
    }

    /// An action has ended. `false`: the `id` is that of something else.
    @discardableResult
    mutating func finished(_ id: String, _ outcome: Result<JSONValue, Refusal>) -> Bool {
        if case .success = outcome { _ = settled(id, at: nil) }
        guard let path = acts.running.removeValue(forKey: id) else { return false }
        acts.results.append(ActionResult(path: path, outcome: outcome))
        // What an action says is shown once, and not listed as an edit that was refused.
        if case .failure = outcome { acts.dropped.append(id) }
        return true
    }

    /// Shows what an action gave, as soon as nobody types.
    mutating func showResult() {
        guard dialog == nil, keys.isEmpty, !acts.results.isEmpty else { return }
        notice = nil
        dialog = .act(.sheet(Sheet(.result(acts.results.removeFirst()))))
    }
}

extension ActionResult {
    /// As it is copied.
    var text: String {
        switch outcome {
        case .success(let value): value.plainText
        case .failure(let refusal): "\(refusal.code.rawValue): \(refusal.message)"
        }
    }
}
