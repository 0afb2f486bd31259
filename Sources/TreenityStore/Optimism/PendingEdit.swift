public import TreenityProtocol

/// One of the user's own edits that the server has not answered yet: a patch, or a batch of them that is taken all or
/// not at all.
public struct PendingEdit: Sendable {
    /// By which answers name it: the `id` of the patch or batch.
    public let id: String
    /// Whether it is sent as a batch.
    public let isBatch: Bool
    /// Its patches.
    public internal(set) var patches: [PendingPatch] = []
    /// The place at which the server has taken it, where the answer came before the patches themselves did.
    public internal(set) var acknowledged: SequenceNumber?
    /// Its place among all edits that were made.
    var number = 0
    /// What undoes it, in this order (``Replica/inverse(of:)``), as it was when the edit was made; empty where nothing can.
    public internal(set) var inverse: [Patch] = []
    /// What it reads and writes.
    private(set) var footprint = Footprint()

    init(id: String, isBatch: Bool) {
        self.id = id
        self.isBatch = isBatch
    }

    /// Whether the tree shows it; otherwise it can do nothing there now, and waits for the server's answer.
    public var isShown: Bool { patches.allSatisfy { $0.change != nil } }

    mutating func takeBack(from tree: inout Replica) {
        for place in patches.indices.reversed() { patches[place].takeBack(from: &tree) }
    }

    /// Applies it, wholly or not at all.
    ///
    /// - Parameter now: the time of what carries no timestamp.
    mutating func apply(to tree: inout Replica, now: Timestamp) throws(Refusal) {
        footprint = Footprint()
        for place in patches.indices {
            do {
                try patches[place].apply(to: &tree, now: now)
            } catch {
                takeBack(from: &tree)
                for later in patches.indices[place...] {
                    patches[later].findFootprint(in: tree)
                    footprint.unite(patches[later].footprint)
                }
                throw error
            }
            footprint.unite(patches[place].footprint)
        }
    }

    /// The identities that its patches would give to nodes, all together.
    var reserved: [NodeID] { patches.flatMap(\.reserved.values) }

    /// Adds patches of which nothing is known but what they say.
    mutating func enqueue(_ more: [Patch]) { patches += more.map(PendingPatch.init(unseen:)) }

    /// A patch was added, which reads and writes this.
    mutating func unite(_ more: Footprint) { footprint.unite(more) }

    /// By which the server may name it or its patches.
    var ids: Set<String> { Set([id] + patches.compactMap(\.patch.id)) }

    /// Whether it edits texts.
    var editsTexts: Bool { patches.contains { !$0.texts.isEmpty } }

    /// Whether it edits a text that a change has to do with.
    func editsText(in change: Change) -> Bool {
        for patch in patches where !patch.texts.isEmpty {
            for case .property(let property) in change.effects where patch.texts.contains(property.key) { return true }
        }
        return false
    }

    /// What it did belongs to the tree now, and is not to be taken back.
    mutating func becomeTaken() {
        for place in patches.indices { patches[place].becomeTaken() }
    }

    /// Gives its patches a form that means something in another order; `false`: one of them has none.
    mutating func enterNewOrder() -> Bool {
        for place in patches.indices {
            guard patches[place].enterNewOrder() else { return false }
        }
        return true
    }
}
