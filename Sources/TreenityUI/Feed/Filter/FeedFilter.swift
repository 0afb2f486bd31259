import TreenityProtocol

/// What a patch must be like to be shown: `op:DELETE path:**/tasks/* by:ann !path:**/heartbeat`, or plain words.
///
/// All terms must hold; `!` before one means that it must not.
struct FeedFilter: Sendable {
    /// As it was typed.
    let text: String
    private let terms: [Term]

    struct Term: Sendable {
        var isExcluded: Bool
        var condition: Condition
    }

    enum Condition: Sendable {
        /// The text is somewhere in the path, the value, the author or the operation.
        case word(SearchPattern)
        case operation(Set<String>)
        case path(PathPattern)
        case author(Glob)
    }

    init(_ text: String, _ terms: [Term]) {
        self.text = text
        self.terms = terms
    }

    func matches(_ patch: Patch) -> Bool {
        terms.allSatisfy { $0.condition.matches(patch) != $0.isExcluded }
    }
}

extension FeedFilter.Condition {
    fileprivate func matches(_ patch: Patch) -> Bool {
        switch self {
        case .operation(let names): names.contains(patch.operation.name)
        case .path(let pattern): patch.addresses.contains(where: pattern.matches)
        case .author(let glob): glob.matches(patch.sender.lowercased())
        case .word(let pattern):
            patch.addresses.contains { pattern.matches($0.text) }
                || (patch.operation.value.map { pattern.matches($0.text) } ?? false)
                || pattern.matches(patch.sender) || pattern.matches(patch.operation.name)
        }
    }
}
