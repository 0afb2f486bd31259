import TreenityProtocol

/// Which paths of the tree an action is for.
///
/// Written as a path, but a segment may be `*`, which stands for any one name, or `**`, which stands for any number of
/// names, also none. A name that holds a `*` cannot be written.
struct PathPattern: Hashable, Sendable {
    private let parts: [Part]

    private enum Part: Hashable {
        case name(Name)
        case anyName
        case anyNames

        func matches(_ name: Name) -> Bool {
            switch self {
            case .name(let own): own == name
            case .anyName: true
            case .anyNames: false
            }
        }
    }

    init(parsing text: String) throws(Mistake) {
        let segments = text.split(separator: "/", omittingEmptySubsequences: false)
        // As a path, with names in the places of stars, so that all of a path's rules hold.
        let isStar = segments.map { $0 == "*" || $0 == "**" }
        let plain = zip(segments, isStar).map { $1 ? "x" : String($0) }.joined(separator: "/")
        let path = try TreePath(mistakable: plain)
        guard !plain.contains("*") else {
            throw Mistake("“*” stands for one whole name and “**” for several: write tree/*/x, not tree/a*/x")
        }
        let below = segments.dropFirst().filter { !$0.isEmpty }
        parts = zip(below, path.names).map { segment, name in
            switch segment {
            case "*": .anyName
            case "**": .anyNames
            default: .name(name)
            }
        }
    }

    /// Whether it matches the names that lead from the root to a path.
    ///
    /// - Complexity: O(number of names × number of segments).
    func matches(_ names: [Name]) -> Bool {
        var part = 0
        var name = 0
        // Where to go on when the parts after the last `**` do not fit: with one name more for that.
        var retry: (part: Int, name: Int)?
        while name < names.count {
            if part < parts.count, parts[part] == .anyNames {
                retry = (part + 1, name)
                part += 1
            } else if part < parts.count, parts[part].matches(names[name]) {
                part += 1
                name += 1
            } else if let again = retry {
                retry = (again.part, again.name + 1)
                (part, name) = (again.part, again.name + 1)
            } else {
                return false
            }
        }
        return parts[part...].allSatisfy { $0 == .anyNames }
    }
}
