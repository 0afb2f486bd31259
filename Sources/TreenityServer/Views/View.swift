import TreenityProtocol

/// What one session sees of the tree: the tops of its subscriptions, of which none lies within another.
struct View: Hashable, Sendable {
    /// In the order of their bytes.
    let tops: [TreePath]

    /// Everything: what a bare connection sees, and who subscribed to the root.
    static let whole = View([.root])

    /// The view through subscriptions to these paths.
    init(_ paths: some Sequence<TreePath>) {
        let paths = Set(paths)
        tops = paths.filter { path in !paths.contains { path.isBelow($0) } }.sorted()
    }

    /// Whether nothing can happen outside of it.
    var isWhole: Bool { tops.first?.isRoot == true }

    /// Whether what is at this address is seen.
    func sees(_ path: TreePath) -> Bool { tops.contains { path.isWithin($0) } }
}
