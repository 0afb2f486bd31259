/// Where a connection is to lead, and what is shown there of who comes.
struct Destination: Hashable, Sendable {
    let address: ServerAddress
    /// `nil` also where the user's token is not for this server: see ``redirected(to:)``.
    let token: Token?
    let encryption: EncryptionOptions
    /// The server that sent us here; `nil`: the user named it.
    var sender: ServerAddress?
}
