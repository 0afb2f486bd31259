import TreenityLog
import TreenityProtocol

extension ArchivedPatch {
    /// As much of the patch and of what it replaced as a view shows; `nil`: nothing.
    ///
    /// The tree of that time is not there to ask: what came into the view by a `MOVE` is an `ADD` without content.
    func narrowed(to view: View) -> HistoricalPatch? {
        if view.sees(patch.path), patch.target.map(view.sees) ?? true {
            return HistoricalPatch(patch: patch, previous: previous)
        }
        switch patch.operation {
        case .execute: return nil
        case .move(let target):
            if view.sees(patch.path) { return historical(.delete, at: patch.path, previous: nil) }
            if view.sees(target) { return historical(.add(.emptyObject), at: target, previous: nil) }
            return nil
        case .add(let value): return narrowed(to: view) { names in value.part(at: names).map(Patch.Operation.add) }
        case .edit(let value): return narrowed(to: view) { names in value.part(at: names).map(Patch.Operation.edit) }
        case .delete: return narrowed(to: view) { names in previous?.part(at: names) == nil ? nil : .delete }
        }
    }

    private func narrowed(to view: View, _ operation: ([Name]) -> Patch.Operation?) -> HistoricalPatch? {
        for top in view.tops {
            guard let names = top.names(from: patch.path), let operation = operation(names) else { continue }
            return historical(operation, at: top, previous: previous?.part(at: names))
        }
        return nil
    }

    private func historical(
        _ operation: Patch.Operation, at path: TreePath, previous: JSONValue?
    ) -> HistoricalPatch {
        HistoricalPatch(patch: patch.with(operation, at: path), previous: previous)
    }
}

extension Patch {
    /// Where a `MOVE` leads.
    var target: TreePath? {
        if case .move(let target) = operation { target } else { nil }
    }
}
