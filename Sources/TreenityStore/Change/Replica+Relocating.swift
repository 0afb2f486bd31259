import TreenityProtocol

/// What takes something away from its address in an order that is known: `DELETE`, and `MOVE` in any.
extension Replica {
    // MARK: DELETE

    mutating func delete(in draft: inout Draft) throws(Refusal) {
        switch resolve(draft.path) {
        case .node(root.slot):
            throw rootStays(draft.path)
        case .node(let slot):
            if draft.rule.comparesStamps, let newer = newerThan(draft.stamp, in: slot) {
                throw superseded(draft.path, by: newer)
            }
            if draft.rule.comparesStamps { mark(wayNumbers(to: slot), deletedAt: draft.stamp, in: &draft) }
            draft.note(.removed(takeOut(slot, isTentative: draft.isTentative)))
        case .property(let slot, let property):
            let found = properties.stamp(of: property)
            if draft.rule.comparesStamps, isOlder(draft.stamp, than: found) { throw superseded(draft.path, by: found) }
            if draft.rule.comparesStamps {
                mark(wayNumbers(to: slot) + [properties.key(of: property)], deletedAt: draft.stamp, in: &draft)
            }
            removeProperty(property, of: slot, in: &draft)
        case .missing(let deepest, let reached) where isUnloaded(deepest):
            try deleteUnseen(below: deepest, reached, in: &draft)
        case .missing, .blocked:
            if draft.rule.isStrict { throw notFound(draft.path) }
        }
    }

    private func newerThan(_ stamp: StoredStamp, in top: Int32) -> StoredStamp? {
        for slot in subtreeSlots(of: top) {
            let found = newestStamp(in: slot)
            if isOlder(stamp, than: found) { return found }
        }
        return nil
    }

    func rootStays(_ path: TreePath) -> Refusal { Refusal(.forbidden, "the root cannot be deleted", path: path) }

    // MARK: MOVE

    mutating func move(to target: TreePath, in draft: inout Draft) throws(Refusal) {
        let source = draft.path
        guard !source.isRoot else { throw Refusal(.forbidden, "the root cannot be moved", path: source) }
        let found = resolve(source)
        switch found {
        case .node, .property: break
        case .missing(let deepest, let reached) where isUnloaded(deepest):
            return try moveUnseen(from: deepest, reached, to: target, in: &draft)
        case .missing, .blocked:
            if draft.rule.isStrict { throw notFound(source) }
            forward(target, in: &draft)
            return
        }
        if case .node = found, target.isBelow(source) {
            throw Refusal(.cycle, "\(target) lies inside of what moves", path: target)
        }
        switch resolve(target) {
        case .node, .property: throw exists(target)
        case .blocked: throw blocked(target)
        case .missing(let deepest, let reached) where isUnloaded(deepest) && !found.isProperty(in: target, reached):
            try moveOutOfSight(found, to: target, below: deepest, reached, in: &draft)
        case .missing(let deepest, let reached):
            let way = target.names(from: reached)
            guard let name = way.last else { return }
            let parent = addNodes(way.dropLast(), under: deepest, in: &draft)
            moveMarks(source, to: target, in: &draft)
            relocate(found, under: parent, as: name, in: &draft)
            forward(target, in: &draft)
        }
    }

    mutating func forward(_ target: TreePath, in draft: inout Draft) {
        guard draft.rule == .merge, draft.path != target else { return }
        forwards.append(Relocation(from: draft.path, to: target), stamp: draft.stamp)
        draft.traces.append(.forward)
    }

    private mutating func relocate(
        _ found: Resolution, under parent: Int32, as name: Name, in draft: inout Draft
    ) {
        switch found {
        case .node(let slot):
            let from = place(of: slot)
            unlink(slot)
            records[Int(slot)].name = names.makeKey(of: name.text)
            link(slot, under: parent, before: .none)
            let move = NodeMove(node: id(slot), oldParent: id(from.parent), oldName: self.name(from.name), from: from)
            draft.note(.moved(move))
        case .property(let slot, let property):
            var record = removeProperty(property, of: slot, in: &draft)
            record.key = names.intern(name.text)
            appendProperty(record, to: parent)
            draft.note(.property(change(of: parent, record.key, from: nil, to: content(record))))
        case .missing, .blocked: break
        }
    }

    func place(of slot: Int32) -> Place {
        let record = records[Int(slot)]
        return Place(parent: record.parent, name: record.name, next: record.next)
    }
}
