/// The address of a node or property: names from the root `tree` on, joined by `/`.
///
/// Kept in canonical form (no leading and no trailing slash, RFC 6901 escapes), so that equal paths have equal bytes.
public struct TreePath: Sendable {
    /// The canonical text: `tree/spaces/marketing`.
    public let text: String

    /// The name of every tree's root.
    public static let rootName = "tree"
    /// The address of the root.
    public static let root = TreePath(canonical: rootName)
    /// The most segments a path may have, the root's included.
    public static let maximumSegments = 128

    /// - Precondition: `text` is canonical.
    init(canonical text: String) {
        self.text = text
    }

    /// Reads a path as a person or a peer writes it: a leading `/` is short for the root, one trailing `/` is ignored.
    ///
    /// - Throws: ``PathError`` where it breaks the rules for paths or names.
    public init(parsing text: String) throws(PathError) {
        try self.init(parsing: text.utf8.span)
    }

    private static func unescapeValid(_ segment: Substring.UTF8View) -> Name {
        guard segment.contains(UInt8(ascii: "~")) else { return Name(valid: String(Substring(segment))) }
        guard let name = try? unescape(Substring(segment)) else {
            preconditionFailure("a canonical path with a broken escape: \(segment)")
        }
        return name
    }
}

extension TreePath {
    /// Whether this is the root.
    public var isRoot: Bool { text.utf8.count == TreePath.rootName.utf8.count }

    /// The names below the root, unescaped; empty for the root. O(length).
    public var names: [Name] { names(from: 0) }

    /// How many names lie below the root: 0 for the root.
    public var depth: Int { text.utf8.count { $0 == UInt8(ascii: "/") } }

    /// The last name; `nil` for the root.
    public var name: Name? {
        guard let slash = text.utf8.lastIndex(of: UInt8(ascii: "/")) else { return nil }
        return TreePath.unescapeValid(text[text.utf8.index(after: slash)...].utf8)
    }

    /// The path without its last name; `nil` for the root.
    public var parent: TreePath? {
        guard let slash = text.utf8.lastIndex(of: UInt8(ascii: "/")) else { return nil }
        return TreePath(canonical: String(text[..<slash]))
    }

    /// The path of what is called `name` under this one. It may have more segments than a path on the wire may.
    public func appending(_ name: Name) -> TreePath {
        TreePath(canonical: text + "/" + name.escaped)
    }

    /// The path that leads from this one on through `names`.
    public func appending(_ names: some Sequence<Name>) -> TreePath {
        names.reduce(self) { $0.appending($1) }
    }

    /// Whether this path is `other` or lies below it.
    public func isWithin(_ other: TreePath) -> Bool {
        guard text.utf8.starts(with: other.text.utf8) else { return false }
        let rest = text.utf8.dropFirst(other.text.utf8.count)
        return rest.isEmpty || rest.first == UInt8(ascii: "/")
    }

    /// Whether this path lies below `other`.
    public func isBelow(_ other: TreePath) -> Bool {
        isWithin(other) && text.utf8.count > other.text.utf8.count
    }

    /// This path where it lies within `old`, with `new` in its place; `nil` elsewhere.
    public func replacing(_ old: TreePath, with new: TreePath) -> TreePath? {
        guard isWithin(old) else { return nil }
        return TreePath(canonical: new.text + String(Substring(text.utf8.dropFirst(old.text.utf8.count))))
    }

    /// The names that lead from `ancestor` to this path; `nil` where this is not within it.
    public func names(from ancestor: TreePath) -> [Name]? {
        guard isWithin(ancestor) else { return nil }
        return Array(names.dropFirst(ancestor.depth))
    }
}

extension TreePath: Hashable, Comparable, CustomStringConvertible {
    /// Byte for byte.
    public static func == (one: TreePath, other: TreePath) -> Bool { one.text.hasSameBytes(as: other.text) }

    /// By the order of the bytes.
    public static func < (one: TreePath, other: TreePath) -> Bool { one.text.precedesInBytes(other.text) }

    /// Hashes the bytes.
    public func hash(into hasher: inout Hasher) { text.hashBytes(into: &hasher) }

    /// The canonical text.
    public var description: String { text }
}

extension TreePath: ExpressibleByStringLiteral {
    /// - Precondition: the literal is a valid path.
    public init(stringLiteral value: String) {
        guard let path = try? TreePath(parsing: value) else { preconditionFailure("not a path: \(value)") }
        self = path
    }
}
