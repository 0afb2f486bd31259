import TreenityProtocol

/// A change in the making: what the steps of one patch share.
struct Draft {
    let rule: ApplyRule
    let path: TreePath
    let stamp: StoredStamp
    /// The stamp could be older than a deletion.
    let mindsDeletions: Bool
    /// How many names lead to the address that the patch brings something to.
    let destinationDepth: Int
    /// The identities that new nodes are given, by where they come into being.
    var reusing: [Birthplace: NodeID]
    /// The change will be reverted: what goes keeps its slot.
    let isTentative: Bool

    /// The names that lead from the patch's path to the object at hand.
    var way: [Name] = []
    var effects: [Change.Effect] = []
    var traces: [Change.Trace] = []
    /// The leaves that were too old.
    var superseded: [[Name]] = []
    /// The ways to what has to be left out of the patch.
    var dropped: [[Name]] = []

    mutating func note(_ effect: consuming Change.Effect) {
        // Nearly every change has one effect: no room is made for more before there are more.
        if effects.isEmpty { effects = [effect] } else { effects.append(effect) }
    }

    /// A leaf of the object at hand was too old.
    mutating func supersede(_ name: Name?) {
        let leaf = name.map { way + [$0] } ?? way
        superseded.append(leaf)
        dropped.append(leaf)
    }
}
