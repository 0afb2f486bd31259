public import TreenitySequencer

/// What an `EXECUTE` runs, and what its reply may do to the tree.
public struct Action: Hashable, Sendable {
    /// The rights with which the reply's patches are applied.
    public let rights: Rights
    /// As whom they are applied; `nil`: as the user of the `EXECUTE`.
    public let user: String?

    let work: Work

    enum Work: Hashable, Sendable {
        /// Replies the value that it is given.
        case echo
        case post(HTTPPost)
        case command(Command)
    }

    /// What every server has at each path that ends in ``echoName``: it changes nothing.
    static let echo = Action(rights: Rights(), user: nil, work: .echo)
    static let echoName = "@echo"

    init(rights: Rights, user: String?, work: Work) {
        self.rights = rights
        self.user = user
        self.work = work
    }
}
