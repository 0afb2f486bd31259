import TreenityProtocol
import TreenitySequencer

/// What may be done at a path and below it, written as `tree/spaces: rw`.
struct Grant: Hashable {
    let path: TreePath
    let mayRead: Bool
    let mayWrite: Bool
    let mayExecute: Bool

    init(path: String, rights: String) throws(Mistake) {
        self.path = try TreePath(mistakable: path)
        let letters = Set(rights)
        guard !letters.isEmpty, letters.count == rights.count, letters.isSubset(of: "rwx") else {
            throw Mistake("“\(rights)” are no rights at \(path); write r, w and x, each once at most")
        }
        mayRead = letters.contains("r")
        mayWrite = letters.contains("w")
        mayExecute = letters.contains("x")
    }
}

extension Rights {
    /// All that any of the grants allows.
    init(grants: [Grant]) {
        self.init(
            read: grants.filter(\.mayRead).map(\.path), write: grants.filter(\.mayWrite).map(\.path),
            execute: grants.filter(\.mayExecute).map(\.path))
    }
}
