import TreenityProtocol

/// How much memory a change holds: a quick estimate, from the sizes of the values and the lengths of their texts.
///
/// It leaves out what the allocator adds and counts texts that others share in full, so that the true figure may differ by
/// a third or so.
extension Change {
    /// In bytes. O(number of effects, of removed nodes and of their properties).
    var estimatedBytes: Int {
        var bytes = MemoryLayout<Change>.size + patch.bytesApart
        if !effects.isEmpty { bytes += Change.arrayHeader + effects.count * MemoryLayout<Effect>.stride }
        for effect in effects { bytes += effect.bytesApart }
        if !traces.isEmpty { bytes += Change.arrayHeader + traces.count * MemoryLayout<Trace>.stride }
        for trace in traces { bytes += trace.bytesApart }
        for leaf in superseded { bytes += MemoryLayout<String>.stride + leaf.bytesApart }
        return bytes
    }

    fileprivate static let arrayHeader = 32
}

extension Change.Trace {
    fileprivate var bytesApart: Int {
        switch self {
        case .mark(let way, _): Change.arrayHeader + way.count * MemoryLayout<UInt32>.stride
        case .marksMoved(let source, let target, _, _):
            2 * Change.arrayHeader + (source.count + target.count) * MemoryLayout<UInt32>.stride
        case .forward, .stamp: 0
        }
    }
}

extension Change.Effect {
    fileprivate var bytesApart: Int {
        switch self {
        case .property(let change):
            return change.name.text.bytesApart + (change.old?.value.text.bytesApart ?? 0)
                + (change.new?.value.text.bytesApart ?? 0)
        case .added, .moved, .count: return 0
        case .removed(let subtree): return subtree.bytesApart
        }
    }
}

extension RemovedSubtree {
    fileprivate var bytesApart: Int {
        var bytes = Change.arrayHeader + nodes.count * MemoryLayout<RemovedNode>.stride
        for node in nodes {
            guard !node.properties.isEmpty else { continue }
            bytes += Change.arrayHeader + node.properties.count * MemoryLayout<PropertyRecord>.stride
            for property in node.properties { bytes += property.value.text.bytesApart }
        }
        return bytes
    }
}

extension Patch {
    /// The bytes of its texts, as far as they lie outside of the value.
    var bytesApart: Int {
        let content =
            switch operation {
            case .add(let value), .edit(let value): value.text.bytesApart
            case .execute(let argument): argument?.text.bytesApart ?? 0
            case .move(let target): target.text.bytesApart
            case .delete: 0
            }
        return content + path.text.bytesApart + (meta?.text.bytesApart ?? 0) + (id?.bytesApart ?? 0)
    }
}

extension String {
    /// The bytes of a text's own allocation: short ones need none.
    var bytesApart: Int { utf8.count > 15 ? utf8.count + 32 : 0 }
}
