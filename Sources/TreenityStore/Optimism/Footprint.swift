import TreenityProtocol

/// What a patch reads and writes of a tree: two patches with unrelated footprints do the same in either order.
struct Footprint: Hashable, Sendable {
    /// It reads or writes something at or below these addresses, and nothing elsewhere but that their parents are there.
    private(set) var places: [TreePath] = []
    /// Nodes that get or lose a child or property: the order among these is that of the patches.
    private(set) var lists: [TreePath] = []

    /// Nothing.
    init() {}

    /// What a patch would do to a tree as it is. O(length of the paths and value).
    init(of patch: Patch, in tree: Replica) {
        switch patch.operation {
        case .add(let value), .edit(let value):
            write(value, at: patch.path, in: tree)
        case .delete:
            takeOut(patch.path)
        case .move(let target):
            takeOut(patch.path)
            bring(to: target, in: tree)
        case .execute:
            places = [patch.path]
        }
    }

    /// Everything that several patches read and write.
    mutating func unite(_ other: Footprint) {
        places += other.places
        lists += other.lists
    }

    private mutating func takeOut(_ path: TreePath) {
        places.append(path)
        if let parent = path.parent { lists.append(parent) }
    }

    /// What is missing on the way is created, too.
    private mutating func bring(to path: TreePath, in tree: Replica) {
        guard case .missing(_, let reached) = tree.resolve(path) else {
            places.append(path)
            return
        }
        var place = path
        var levels = path.depth - reached
        while let parent = place.parent {
            levels -= 1
            guard levels > 0 else {
                lists.append(parent)
                break
            }
            place = parent
        }
        places.append(place)
    }

    private mutating func write(_ value: JSONValue, at path: TreePath, in tree: Replica) {
        guard case .node(let slot) = tree.resolve(path), value.isObject else { return bring(to: path, in: tree) }
        write(value, into: slot, at: path, in: tree)
    }

    /// Of an object that is merged into a node, only the leaves matter.
    private mutating func write(_ value: JSONValue, into slot: Int32, at path: TreePath, in tree: Replica) {
        let members = value.members ?? []
        if members.isEmpty { places.append(path) }
        for member in members {
            guard let name = try? Name(member.key) else {
                places.append(path)
                continue
            }
            let address = path.appending(name)
            let child = tree.findChild(name, of: slot)
            if child != .none, member.value.isObject {
                write(member.value, into: child, at: address, in: tree)
                continue
            }
            places.append(address)
            if child == .none, tree.property(name, of: tree.id(slot)) == nil { lists.append(path) }
        }
    }
}
