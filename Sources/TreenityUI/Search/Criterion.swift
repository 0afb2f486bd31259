import TreenityProtocol
import TreenityStore

/// What nodes are looked for.
enum Criterion: Sendable {
    /// Those of which the name, a key or a value has the pattern.
    case pattern(Pattern)
    /// Those that have this name, or a property of this name.
    case key(Name)
    /// Those that a filter of rows leaves.
    case fuzzy(FuzzyFilter)

    /// What was asked for, as the screen says it.
    var text: String {
        switch self {
        case .pattern(let pattern): pattern.source
        case .key(let name): name.text
        case .fuzzy(let filter): filter.source
        }
    }

    func holds(for node: NodeID, in tree: Replica) -> Bool {
        let name = tree.name(of: node)
        switch self {
        case .pattern(let pattern):
            if node != tree.root, pattern.matches(name.text) { return true }
            guard tree.hasProperties(node) else { return false }
            return tree.properties(of: node).contains { property in
                pattern.matches(property.name.text) || pattern.matches(property.value.string ?? property.value.text)
            }
        case .key(let key):
            return name == key || tree.hasProperties(node) && tree.property(key, of: node) != nil
        case .fuzzy(let filter):
            return node != tree.root && filter.matches(node, named: name.text, in: tree)
        }
    }
}

/// A filter of rows by what they show: each word is fuzzily in the name, or as it is in one of the properties shown.
struct FuzzyFilter: Sendable {
    let source: String
    private let words: [(name: FuzzyPattern, value: SearchPattern)]
    private let shown: [Name]

    init(_ source: String, shown: [String]) {
        self.source = source
        words = source.split(separator: " ").map { (FuzzyPattern($0), SearchPattern(String($0))) }
        self.shown = shown.compactMap { try? Name($0) }
    }

    func matches(_ node: NodeID, named name: String, in tree: Replica) -> Bool {
        let rest = words.filter { $0.name.score(name) == nil }
        if rest.isEmpty { return true }
        guard tree.hasProperties(node) else { return false }
        let values = shown.compactMap { tree.property($0, of: node)?.value }.map { $0.string ?? $0.text }
        return rest.allSatisfy { word in values.contains { word.value.matches($0) } }
    }
}
