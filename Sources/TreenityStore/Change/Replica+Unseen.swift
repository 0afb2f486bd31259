import TreenityProtocol

/// What patches do below nodes that are not loaded: nothing, but that the number of a node's children changes.
///
/// What the server has put in order tells that number where it adds, deletes or moves a child itself: it adds none that is
/// there, edits and deletes none that is not. Where it may have created what was missing on the way, the number is in doubt.
/// Of what nobody has put in order, everything is.
extension Replica {
    /// - Parameter reached: how many names lead to `slot`.
    mutating func addUnseen(below slot: Int32, _ reached: Int, in draft: inout Draft) throws(Refusal) {
        guard draft.rule == .decided, draft.path.depth == reached + 1 else { return try doubt(slot, in: &draft) }
        note(childCount(in: records[Int(slot)]).adding(1), of: slot, in: &draft)
    }

    mutating func editUnseen(below slot: Int32, in draft: inout Draft) throws(Refusal) {
        // In order, it is there, with all that leads to it.
        if draft.rule != .decided { try doubt(slot, in: &draft) }
    }

    mutating func deleteUnseen(below slot: Int32, _ reached: Int, in draft: inout Draft) throws(Refusal) {
        guard draft.rule == .decided else { return try doubt(slot, in: &draft) }
        guard draft.path.depth == reached + 1 else { return }
        note(childCount(in: records[Int(slot)]).adding(-1), of: slot, in: &draft)
    }

    /// The number of a node's children is not known any more.
    mutating func doubt(_ slot: Int32, in draft: inout Draft) throws(Refusal) {
        guard !draft.rule.isStrict else { throw notLoaded(slot, draft) }
        note(childCount(in: records[Int(slot)]).doubted, of: slot, in: &draft)
    }

    private mutating func note(_ count: ChildCount, of slot: Int32, in draft: inout Draft) {
        let old = childCount(in: records[Int(slot)])
        guard old != count else { return }
        setChildCount(count, of: slot)
        draft.note(.count(CountChange(node: id(slot), old: old, new: count)))
    }

    /// What could have been a node turns out to be a property.
    mutating func settle(_ slot: Int32, as value: JSONValue, in draft: inout Draft) throws(Refusal) {
        guard !draft.rule.isStrict else { throw notLoaded(slot, draft) }
        // A text edit alone does not tell the text.
        guard !value.isObject else { return }
        let parent = records[Int(slot)].parent
        let name = name(records[Int(slot)].name)
        draft.note(.removed(takeOut(slot, isTentative: draft.isTentative)))
        append(value, names.intern(name.text), to: parent, in: &draft)
    }

    // MARK: MOVE

    /// What is here goes to where nothing is loaded.
    mutating func moveOutOfSight(
        _ found: Resolution, to target: TreePath, below slot: Int32, _ reached: Int, in draft: inout Draft
    ) throws(Refusal) {
        guard !draft.rule.isStrict else { throw notLoaded(slot, draft) }
        var isNode = false
        moveMarks(draft.path, to: target, in: &draft)
        switch found {
        case .node(let moved):
            isNode = !isUnknown(moved)
            draft.note(.removed(takeOut(moved, isTentative: draft.isTentative)))
        case .property(let node, let property):
            removeProperty(property, of: node, in: &draft)
        case .missing, .blocked: break
        }
        try bring(isNode: isNode, to: target, below: slot, reached, in: &draft)
        forward(target, in: &draft)
    }

    /// What is not here goes elsewhere.
    mutating func moveUnseen(
        from slot: Int32, _ reached: Int, to target: TreePath, in draft: inout Draft
    ) throws(Refusal) {
        guard !draft.rule.isStrict else { throw notLoaded(slot, draft) }
        let isChild = draft.path.depth == reached + 1
        // All properties of a node are here, so that the rest of what is in it are nodes.
        let isNode = isChild && childCount(in: records[Int(slot)]).isExact
        try deleteUnseen(below: slot, reached, in: &draft)
        moveMarks(draft.path, to: target, in: &draft)
        switch resolve(target) {
        case .node, .property: throw exists(target)
        case .blocked: throw blocked(target)
        case .missing(let deepest, let reached) where isUnloaded(deepest):
            try bring(isNode: isNode, to: target, below: deepest, reached, in: &draft)
        case .missing(let deepest, let reached):
            // A node that stands for what came, until it is loaded.
            let arrived = addNodes(target.names(from: reached), under: deepest, in: &draft)
            note(isNode ? .about(0) : .unknown, of: arrived, in: &draft)
        }
        forward(target, in: &draft)
    }

    /// Something comes to where nothing is loaded.
    private mutating func bring(
        isNode: Bool, to target: TreePath, below slot: Int32, _ reached: Int, in draft: inout Draft
    ) throws(Refusal) {
        guard isNode, draft.rule == .decided, target.depth == reached + 1 else { return try doubt(slot, in: &draft) }
        note(childCount(in: records[Int(slot)]).adding(1), of: slot, in: &draft)
    }
}

extension Replica.Resolution {
    /// Whether it is a property, and is to be one of the node to which so many names of the target lead.
    func isProperty(in target: TreePath, _ reached: Int) -> Bool {
        guard case .property = self else { return false }
        return target.depth == reached + 1
    }
}
