import TreenityProtocol

/// One value that the user changed, beside what others made of it since.
struct FieldChange: Equatable, Sendable {
    let path: TreePath
    /// What was there when the edit began; `nil`: nothing. So with the others.
    let base: JSONValue?
    let mine: JSONValue?
    var theirs: JSONValue?

    /// Whether somebody else changed it too, to something else.
    var isConflict: Bool { theirs != base }

    /// What leads from theirs to a value.
    static func operations(from theirs: JSONValue?, to value: JSONValue?, at path: TreePath) -> [PlacedOperation] {
        guard theirs != value else { return [] }
        guard let value else { return [PlacedOperation(.delete, path)] }
        guard let theirs else { return [PlacedOperation(.add(value), path)] }
        if !theirs.isObject, !value.isObject { return [PlacedOperation(.edit(value), path)] }
        return [PlacedOperation(.delete, path), PlacedOperation(.add(value), path)]
    }

    /// All that the user changed, by the smallest parts, without what is so already.
    static func between(base: JSONValue?, mine: JSONValue?, theirs: JSONValue?, at path: TreePath) -> [FieldChange] {
        if mine == base || mine == theirs { return [] }
        guard let mine, mine.isObject, let theirs, theirs.isObject, base?.isObject ?? true else {
            return [FieldChange(path: path, base: base, mine: mine, theirs: theirs)]
        }
        let (old, new, now) = (parts(of: base), parts(of: mine), parts(of: theirs))
        let order = [mine, base].compactMap { $0?.members }.joined().compactMap { try? Name($0.key) }
        var seen: Set<Name> = []
        return order.filter { seen.insert($0).inserted }.flatMap { name in
            between(base: old[name], mine: new[name], theirs: now[name], at: path.appending(name))
        }
    }

    private static func parts(of object: JSONValue?) -> [Name: JSONValue] {
        let pairs = (object?.members ?? []).compactMap { member in (try? Name(member.key)).map { ($0, member.value) } }
        return Dictionary(pairs) { $1 }
    }
}

/// A step of a change to the tree, before it is a patch.
struct PlacedOperation: Equatable, Sendable {
    var operation: Patch.Operation
    var path: TreePath

    init(_ operation: Patch.Operation, _ path: TreePath) {
        self.operation = operation
        self.path = path
    }
}
