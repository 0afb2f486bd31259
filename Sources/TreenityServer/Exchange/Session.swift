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
    /// Who has proved to be its user; `nil`: nobody had to.
    let provenUser: String?
    /// What its user may do.
    let rights: Rights
    /// The `meta` of its newest patch, where nobody has to prove who they are.
    var claim: JSONValue?
    /// The paths of the subscriptions, by their `id`s.
    var subscriptions: [String: TreePath] = [:]
    /// Where its user's cursor is.
    var presence: TreePath?
    /// The later it said so, the larger.
    var presenceNumber = 0

    /// How many of its proposals were written down, and how many of these are decided.
    var submitted = 0
    var decided = 0
    var undecidedBytes = 0
    /// What it asked for behind proposals that are not decided yet: it is to see what they did.
    var deferred: ArraySlice<Deferred> = []

    /// Something asked for.
    struct Deferred: Sendable {
        let frame: ClientFrame
        /// So many have to be decided before.
        let after: Int
    }

    init(_ dialect: Dialect, name: String, user: String? = nil, rights: Rights = .all) {
        self.dialect = dialect
        self.name = name
        self.rights = rights
        provenUser = user
    }

    /// Who its user is, or calls itself in its patches.
    var user: String { provenUser ?? claim?.stringMember("user") ?? Sender.unknownUser }

    /// What it is told of the patches; `nil`: nothing.
    var view: View? {
        switch dialect {
        case .bare: View([.root], within: rights.read)
        case .frames: subscriptions.isEmpty ? nil : View(subscriptions.values, within: rights.read)
        }
    }

    /// As whose its patches count.
    var sender: Sender {
        switch dialect {
        case .bare: Sender(user: provenUser, rights: rights)
        case .frames: Sender(user: provenUser, session: name, rights: rights)
        }
    }

    /// One of its proposals is decided. Returns whether something that was asked for behind it may be answered now.
    mutating func noteDecision(ofBytes bytes: Int) -> Bool {
        decided += 1
        undecidedBytes -= bytes
        return deferred.first.map { $0.after <= decided } ?? false
    }

    /// The next thing that was asked for and that may be answered now. O(1), whatever waits behind it.
    mutating func takeDue() -> ClientFrame? {
        guard let first = deferred.first, first.after <= decided else { return nil }
        deferred.removeFirst()
        return first.frame
    }
}
