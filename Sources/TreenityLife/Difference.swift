public import TreenityProtocol

/// The patches that lead from one state of a subtree to the next.
public enum Difference {
    /// As few patches as it takes: one `EDIT` for each node whose properties differ, with those alone; one `ADD` for each
    /// subtree that came and one `DELETE` for each subtree or property that went.
    ///
    /// - Parameters:
    ///   - old: an object, the state that is known at `path`.
    ///   - new: an object, the state that it is to have.
    /// - Complexity: O(size of both).
    public static func patches(from old: JSONValue, to new: JSONValue, at path: TreePath) -> [Patch] {
        guard old != new else { return [] }
        let before = members(old)
        let after = members(new)
        var gone: [Patch] = []
        var came: [Patch] = []
        var below: [Patch] = []
        var edited: [JSONValue.Member] = []
        for member in old.members ?? [] where after[member.key]?.isObject != member.value.isObject {
            if let name = try? Name(member.key) { gone.append(Patch(.delete, path.appending(name))) }
        }
        for member in new.members ?? [] {
            let known = before[member.key].flatMap { $0.isObject == member.value.isObject ? $0 : nil }
            guard known != member.value, let name = try? Name(member.key) else { continue }
            switch (member.value.isObject, known) {
            case (false, _): edited.append(member)
            case (true, nil): came.append(Patch(.add(member.value), path.appending(name)))
            case (true, let known?): below += patches(from: known, to: member.value, at: path.appending(name))
            }
        }
        let edit = edited.isEmpty ? [] : [Patch(.edit(.object(edited)), path)]
        return gone + edit + came + below
    }

    private static func members(_ object: JSONValue) -> [String: JSONValue] {
        Dictionary((object.members ?? []).map { ($0.key, $0.value) }) { $1 }
    }
}
