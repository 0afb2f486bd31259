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

    private let pattern: StarPattern<Step>

    init(_ text: String) {
        var names = text.split(separator: "/").map(String.init)
        if text.hasPrefix("/") { names.insert(TreePath.rootName, at: 0) }
        if names.first != TreePath.rootName, names.first != "**" { names.insert("**", at: 0) }
        if !Glob.isPattern(text) { names.append("**") }
        let steps: [Step] = names.map { name in
            name == "**" ? .any : Glob.isPattern(name) ? .glob(Glob(name)) : .name(name)
        }
        pattern = StarPattern(steps: steps, star: .any)
    }

    /// O(names of the path × steps of the pattern) at worst.
    func matches(_ path: TreePath) -> Bool {
        pattern.matches(path.text.split(separator: "/")) { step, name in
            switch step {
            case .name(let text): text == name
            case .glob(let glob): glob.matches(name)
            case .any: true
            }
        }
    }
}
