public import TreenityProtocol

/// Tells which patches are of the history of what is at an address, going back from the newest one.
///
/// Where a `MOVE` brought what is there, the address before it is the one that it came from. What was deleted, or moved
/// away, is of the history of its address too: of what was there before.
public struct HistoryWalk: Sendable {
    /// Where it was before all patches that were taken.
    public private(set) var address: TreePath

    /// Begins at the address of now.
    public init(of address: TreePath) {
        self.address = address
    }

    /// Whether a patch changed what is or was at the address. Each one that is older than those taken before is to be
    /// offered, but that those may be left out which have nothing to do with the address; see ``mayConcern(_:_:)``.
    public mutating func take(_ patch: Patch) -> Bool {
        if case .move(let target) = patch.operation, let source = address.replacing(target, with: patch.path) {
            address = source
            return true
        }
        return concerns(patch)
    }

    private func concerns(_ patch: Patch) -> Bool {
        if patch.path.isWithin(address) { return true }
        guard let names = address.names(from: patch.path) else {
            if case .move(let target) = patch.operation { return target.isWithin(address) }
            return false
        }
        switch patch.operation {
        case .add(let value), .edit(let value): return value.reaches(names)
        case .delete, .move: return true
        case .execute: return false
        }
    }

    /// Whether a patch at this path, to this target, may concern what is at the address: a first sieve.
    public func mayConcern(_ path: String, _ target: String?) -> Bool {
        HistoryWalk.isOneWithinTheOther(path, address.text)
            || target.map { HistoryWalk.isOneWithinTheOther($0, address.text) } == true
    }

    private static func isOneWithinTheOther(_ one: String, _ other: String) -> Bool {
        let (short, long) = one.utf8.count < other.utf8.count ? (one.utf8, other.utf8) : (other.utf8, one.utf8)
        guard long.starts(with: short) else { return false }
        return long.count == short.count || long.dropFirst(short.count).first == UInt8(ascii: "/")
    }
}

extension JSONValue {
    /// Whether something is at the end of these names, in nested objects.
    fileprivate func reaches(_ names: [Name]) -> Bool {
        var value = self
        for name in names {
            guard let member = value[name.text] else { return false }
            value = member
        }
        return true
    }
}
