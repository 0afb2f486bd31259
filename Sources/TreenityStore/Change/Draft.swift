import TreenityProtocol

/// A change in the making: what the steps of one patch share.
struct Draft {
    let rule: ApplyRule
    let stamp: Stamp
    let sender: UInt32
    /// How many names lead to the address that the patch brings something to.
    let destinationDepth: Int
    /// The identities that new nodes are given, by where they come into being.
    var reusing: [Birthplace: NodeID]
    /// The change will be reverted: what goes keeps its slot.
    let isTentative: Bool

    var effects: [Change.Effect] = []
    var superseded: [[Name]] = []

    mutating func supersede(_ way: [Name]) { superseded.append(way) }
}
