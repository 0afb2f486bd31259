import TreenityProtocol

/// From whom a patch came to the server.
public struct Sender: Hashable, Sendable {
    /// Who it is known to be; `nil`: nobody has proved anything, so that a claimed `meta.user` stands.
    public var user: String?
    /// The session over which it came; `nil`: none.
    public var session: String?
    /// What it may do.
    public var rights: Rights

    /// The user of those who do not say who they are.
    public static let unknownUser = Welcome.unknownUser

    /// A sender of these parts.
    public init(user: String? = nil, session: String? = nil, rights: Rights = .all) {
        self.user = user
        self.session = session
        self.rights = rights
    }
}
