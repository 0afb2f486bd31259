import TreenityProtocol
import TreenitySequencer

/// What the server knows of one connection.
struct Session: Sendable {
    /// What is spoken over it.
    enum Dialect: Hashable, Sendable {
        /// Patches alone, every one a message, without answers.
        case bare
        /// `treenity.v1`.
        case frames
    }

    let dialect: Dialect
    /// What the peers know it by.
    let name: String
    /// As its user calls itself in its patches.
    var user = Sender.unknownUser
    /// The paths of the subscriptions, by their `id`s.
    var subscriptions: [String: TreePath] = [:]
    /// Where its user's cursor is.
    var presence: TreePath?

    init(_ dialect: Dialect, name: String) {
        self.dialect = dialect
        self.name = name
    }

    /// What it is told of the patches; `nil`: nothing.
    var view: View? {
        switch dialect {
        case .bare: .whole
        case .frames: subscriptions.isEmpty ? nil : View(subscriptions.values)
        }
    }

    /// As whose its patches count.
    var sender: Sender {
        switch dialect {
        case .bare: Sender()
        case .frames: Sender(session: name)
        }
    }
}
