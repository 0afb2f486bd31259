import TreenityProtocol

/// What takes something away from its address: `DELETE` and `MOVE`.
extension Replica {
    // MARK: DELETE

    mutating func delete(at path: TreePath, in draft: inout Draft) throws(Refusal) {
        switch resolve(path.names) {
        case .node(root.slot):
            throw Refusal(.forbidden, "the root cannot be deleted", path: path)
        case .node(let slot):
            if draft.rule.comparesStamps, let newer = newerThan(draft.stamp, in: slot) {
                throw superseded(path, by: newer)
            }
            draft.effects.append(.removed(takeOut(slot, isTentative: draft.isTentative)))
        case .property(let slot, let place):
            let found = stamp(of: records[Int(slot)].properties[place])
            if draft.rule.comparesStamps, draft.stamp < found { throw superseded(path, by: found) }
            _ = removeProperty(of: slot, place: place, in: &draft)
        case .missing, .blocked:
            if draft.rule.isStrict { throw notFound(path) }
        }
    }

    private func newerThan(_ stamp: Stamp, in top: Int32) -> Stamp? {
        var newest: Stamp?
        forEachNode(below: top) { slot in
            guard newest == nil else { return }
            let found = self.stamp(of: id(slot))
            if stamp < found { newest = found }
        }
        return newest
    }

    // MARK: MOVE

    mutating func move(_ source: TreePath, to target: TreePath, in draft: inout Draft) throws(Refusal) {
        guard !source.isRoot else { throw Refusal(.forbidden, "the root cannot be moved", path: source) }
        let found = resolve(source.names)
        switch found {
        case .node, .property: break
        case .missing, .blocked:
            if draft.rule.isStrict { throw notFound(source) }
            return
        }
        if case .node = found, target.isBelow(source) {
            throw Refusal(.cycle, "\(target) lies inside of what moves", path: target)
        }
        let way = target.names
        switch resolve(way) {
        case .node, .property: throw Refusal(.exists, "\(target) exists already", path: target)
        case .blocked:
            throw Refusal(.typeMismatch, "a property is on the way to \(target), which can hold nothing", path: target)
        case .missing(let deepest, let reached):
            guard let name = way.last else { return }
            let parent = addNodes(way[reached...].dropLast(), under: deepest, in: &draft)
            try relocate(found, under: parent, as: names.intern(name), in: &draft)
        }
    }

    private mutating func relocate(
        _ found: Resolution, under parent: Int32, as name: UInt32, in draft: inout Draft
    ) throws(Refusal) {
        switch found {
        case .node(let slot):
            let from = place(of: slot)
            unlink(slot)
            records[Int(slot)].name = name
            link(slot, under: parent, before: .none)
            draft.effects.append(
                .moved(NodeMove(node: id(slot), oldParent: id(from.parent), oldName: names[from.name], from: from)))
        case .property(let slot, let place):
            var property = removeProperty(of: slot, place: place, in: &draft)
            property.key = name
            records[Int(parent)].properties.append(property)
            draft.effects.append(
                .property(
                    PropertyChange(
                        node: id(parent), name: names[name], old: nil, new: self.property(property),
                        place: records[Int(parent)].properties.count - 1)))
        case .missing, .blocked: break
        }
    }

    func place(of slot: Int32) -> Place {
        let record = records[Int(slot)]
        return Place(parent: record.parent, name: record.name, next: record.next)
    }

    // MARK: Refusals

    func notFound(_ path: TreePath) -> Refusal { Refusal(.notFound, "nothing is at \(path)", path: path) }

    private func superseded(_ path: TreePath, by stamp: Stamp) -> Refusal {
        let who = stamp.sender.isEmpty ? "somebody" : stamp.sender
        return Refusal(.superseded, "\(who) changed something in \(path) since", path: path)
    }
}
