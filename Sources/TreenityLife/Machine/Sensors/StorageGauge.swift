import TreenityProtocol

/// A store of bytes that fills and empties: memory, swap, a file system.
struct StorageGauge {
    private let size: Int64
    private var used: Gauge

    /// A store of so many bytes, of which it is not known yet how many are taken.
    init(size: Int64) {
        self.size = size
        used = Gauge(.part(of: size))
    }

    /// The gauge for a store of this size: this one, unless the store was given another.
    func resized(to size: Int64) -> StorageGauge { size == self.size ? self : StorageGauge(size: size) }

    /// How full the store is: `value`, `used` and `size` in bytes, `usage` in per cent.
    mutating func content(used bytes: Int64) -> [Subtree.Entry] {
        let used = min(self.used.show(Double(bytes)), size)
        let usage = size > 0 ? Int64((Double(used) / Double(size) * 100).rounded()) : 0
        let content: Subtree = [
            "value": .text("\(Human.bytes(used)) of \(Human.bytes(size)) (\(usage) %)"),
            "usage": .number(usage), "used": .number(used), "size": .number(size),
        ]
        return content.entries
    }
}
