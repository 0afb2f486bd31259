public import TreenityProtocol

extension Replica {
    /// A subtree as the nodes of a snapshot, parents before children, made as they are asked for. It ends at what is not
    /// loaded, as at a depth.
    ///
    /// - Parameter depth: how many levels below the top; `nil`: all.
    /// - Complexity: O(size of the part asked for).
    public func snapshotNodes(of top: NodeID, depth: Int? = nil) -> some Sequence<Snapshot.Node> {
        var stack = [(node: top, path: path(of: top), level: 0)]
        return AnyIterator {
            guard let (node, path, level) = stack.popLast() else { return nil }
            if level < depth ?? .max {
                var child = self.lastChild(of: node)
                while let next = child {
                    stack.append((next, path.appending(self.name(of: next)), level + 1))
                    child = self.previousSibling(of: next)
                }
            }
            return Snapshot.Node(
                path: path, properties: self.propertiesJSON(of: node), children: self.childCount(of: node),
                timestamp: self.stamp(of: node).timestamp)
        }
    }
}
