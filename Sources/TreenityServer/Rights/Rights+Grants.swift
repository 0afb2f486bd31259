import TreenityProtocol
import TreenitySequencer

extension Rights {
    /// All that any of the grants allows. Each list holds no path twice, and none within another.
    init(_ grants: [Grant]) {
        func tops(_ right: KeyPath<Grant, Bool>) -> [TreePath] {
            View(grants.filter { $0[keyPath: right] }.map(\.path)).tops
        }
        self.init(read: tops(\.read), write: tops(\.write), execute: tops(\.execute))
    }
}
