import TreenityProtocol
import TreenityStore

/// Turns each admitted patch into what it means to those who see a part of the tree only.
///
/// A patch that stays inside of the view passes as it is. One that reaches over its border becomes the part of its value
/// inside, or the coming or going of what is inside. A value: fed with every admitted patch in order, it needs to know of
/// the tree before a patch only which tops were there.
struct Narrowing: Sendable {
    /// What is seen.
    let view: View
    /// The tops at which something is.
    private var present: Set<TreePath>

    /// For a view of the tree as it is.
    init(_ view: View, of tree: Replica) {
        self.view = view
        present = Set(view.tops.filter { tree.item(at: $0) != nil })
    }

    /// What the view shows of a patch, as patches of the same `seq`; empty: nothing.
    ///
    /// - Parameter tree: as the patch left it.
    /// - Complexity: O(tops); O(size of what comes in) for what was moved into the view.
    mutating func narrow(_ patch: Patch, in tree: Replica) -> [Patch] {
        guard !view.isWhole else { return [patch] }
        switch patch.operation {
        case .add(let value), .edit(let value): return narrow(patch, value, in: tree)
        case .delete: return leave(patch, in: tree)
        case .move(let target): return narrow(patch, to: target, in: tree)
        case .execute: return view.sees(patch.path) ? [patch] : []
        }
    }

    // MARK: ADD and EDIT

    private mutating func narrow(_ patch: Patch, _ value: JSONValue, in tree: Replica) -> [Patch] {
        for top in view.tops where patch.path.isWithin(top) {
            update(top, in: tree)
            return [patch]
        }
        return view.tops.compactMap { top in
            guard let names = top.names(from: patch.path), let part = value.part(at: names) else { return nil }
            let wasPresent = update(top, in: tree)
            guard wasPresent else { return patch.with(.add(part), at: top) }
            // An empty object is what remains of an EDIT that was superseded here and had an effect elsewhere.
            return part == .emptyObject ? nil : patch.with(.edit(part), at: top)
        }
    }

    // MARK: DELETE and MOVE

    /// What the view shows of the end of all that was at the patch's path.
    private mutating func leave(_ patch: Patch, in tree: Replica) -> [Patch] {
        var gone: [Patch] = []
        for top in view.tops {
            if patch.path.isWithin(top) {
                update(top, in: tree)
                return [patch.with(.delete, at: patch.path)]
            }
            guard top.isWithin(patch.path) else { continue }
            if update(top, in: tree) { gone.append(patch.with(.delete, at: top)) }
        }
        return gone
    }

    /// What the view shows of the beginning of all that is now at `path`.
    private mutating func enter(_ patch: Patch, at path: TreePath, in tree: Replica) -> [Patch] {
        var come: [Patch] = []
        for top in view.tops {
            guard path.isWithin(top) || top.isWithin(path) else { continue }
            update(top, in: tree)
            let entrance = path.isWithin(top) ? path : top
            if let content = tree.json(at: entrance) { come.append(patch.with(.add(content), at: entrance)) }
        }
        return come
    }

    private mutating func narrow(_ patch: Patch, to target: TreePath, in tree: Replica) -> [Patch] {
        guard view.sees(patch.path), view.sees(target) else {
            return leave(patch, in: tree) + enter(patch, at: target, in: tree)
        }
        for top in view.tops where patch.path.isWithin(top) || target.isWithin(top) { update(top, in: tree) }
        return [patch]
    }

    /// Takes note of whether something is at a top now; tells whether something was there before.
    @discardableResult
    private mutating func update(_ top: TreePath, in tree: Replica) -> Bool {
        let wasPresent = present.contains(top)
        if tree.item(at: top) == nil { present.remove(top) } else { present.insert(top) }
        return wasPresent
    }
}

extension Patch {
    /// The same patch doing something else elsewhere.
    func with(_ operation: Operation, at path: TreePath) -> Patch {
        var patch = self
        patch.operation = operation
        patch.path = path
        return patch
    }
}

extension JSONValue {
    /// The member to which these names lead through nested objects; `nil`: there is none. Nothing lies in a text edit.
    func part(at names: some Collection<Name>) -> JSONValue? {
        guard let first = names.first else { return self }
        guard TextEdit(self) == nil else { return nil }
        return self[first.text]?.part(at: names.dropFirst())
    }
}
