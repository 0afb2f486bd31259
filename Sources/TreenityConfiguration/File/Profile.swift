/// A server as the user knows it: its address, how to get in, and what is different there.
public struct Profile: Sendable {
    /// What the user calls it.
    public let name: String
    /// The server's address.
    public var url = ""
    /// What is preferred there.
    public var preferences = Preferences()
    /// How far changes are let through.
    public var guarding = Guarding.none
    /// Files: of the token, of trusted authorities, of the client's certificate and of its key.
    public var tokenFile, authorities, certificate, key: String?
    /// The name that the server's certificate has to bear.
    public var serverName: String?

    /// A profile that says nothing yet.
    init(name: String) { self.name = name }

    /// How far changes are let through.
    public enum Guarding: String, Sendable, CaseIterable {
        /// All are.
        case none
        /// None are.
        case readOnly = "read-only"
        /// They are when the profile's name has been typed.
        case protected
    }
}
