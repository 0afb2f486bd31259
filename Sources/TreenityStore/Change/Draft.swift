import TreenityProtocol

/// A change in the making: what the steps of one patch share.
struct Draft {
    let rule: ApplyRule
    let stamp: Stamp
    let sender: UInt32
    /// The identities that new nodes are given first, in order.
    var reusing: ArraySlice<NodeID>
    /// The change will be reverted: what goes keeps its slot.
    let isTentative: Bool

    var effects: [Change.Effect] = []
    var superseded: [[Name]] = []

    mutating func supersede(_ way: [Name]) { superseded.append(way) }
}
