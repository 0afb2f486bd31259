import TreenityProtocol

/// What one session sees of the tree: the tops of what it subscribed to and may read, of which none lies within another.
struct View: Hashable, Sendable {
    /// In the order of their bytes.
    let tops: [TreePath]

    /// Everything.
    static let whole = View([.root])

    /// The view of what lies at these paths and below.
    init(_ paths: some Sequence<TreePath>) {
        let paths = Set(paths)
        tops = paths.filter { path in !paths.contains { path.isBelow($0) } }.sorted()
    }

    /// The part of that which also lies at `readable` paths and below.
    init(_ paths: some Sequence<TreePath>, within readable: [TreePath]) {
        guard readable != [.root] else {
            self.init(paths)
            return
        }
        self.init(
            paths.flatMap { path in
                readable.compactMap { path.isWithin($0) ? path : $0.isBelow(path) ? $0 : nil }
            })
    }

    /// Whether nothing is seen.
    var isEmpty: Bool { tops.isEmpty }

    /// Whether nothing can happen outside of it.
    var isWhole: Bool { tops.first?.isRoot == true }

    /// Whether what is at this address is seen.
    func sees(_ path: TreePath) -> Bool { tops.contains { path.isWithin($0) } }
}
