import TreenityProtocol

/// A pattern for paths: `*` and `?` within a name, `**` any number of names: `**/tasks/*`.
///
/// One that does not begin at the root (`tree/…`, `/…`) or with `**` may begin anywhere. Without any star it means the
/// path and all below it.
struct PathPattern: Hashable, Sendable {
    private enum Step: Hashable {
        case name(String)
        case glob(Glob)
        case any
    }

    private let steps: [Step]

    init(_ text: String) {
        var names = text.split(separator: "/").map(String.init)
        if text.hasPrefix("/") { names.insert(TreePath.rootName, at: 0) }
        if names.first != TreePath.rootName, names.first != "**" { names.insert("**", at: 0) }
        if !Glob.isPattern(text) { names.append("**") }
        steps = names.map { name in
            name == "**" ? .any : Glob.isPattern(name) ? .glob(Glob(name)) : .name(name)
        }
    }

    /// O(names of the path × steps of the pattern) at worst.
    func matches(_ path: TreePath) -> Bool {
        let names = path.text.split(separator: "/")
        var (place, read) = (0, 0)
        var star: (place: Int, read: Int)?
        while read < names.count {
            if place < steps.count, steps[place] == .any {
                star = (place, read)
                place += 1
            } else if place < steps.count, matches(steps[place], names[read]) {
                place += 1
                read += 1
            } else if let last = star {
                star = (last.place, last.read + 1)
                (place, read) = (last.place + 1, last.read + 1)
            } else {
                return false
            }
        }
        return steps[place...].allSatisfy { $0 == .any }
    }

    private func matches(_ step: Step, _ name: Substring) -> Bool {
        switch step {
        case .name(let text): text == name
        case .glob(let glob): glob.matches(name)
        case .any: true
        }
    }
}
