import TreenityUI

/// What the file can say beside the settings of ``Setting/all``.
enum ConfigurationKey: String, CaseIterable {
    case keys, mute, filter, user
    case lazyAbove = "lazy-above"
    case profile, profiles

    /// Those that hold everywhere, and can be said of a profile, too.
    static let preferences: [ConfigurationKey] = [.keys, .mute, .filter, .user, .lazyAbove]

    var summary: String {
        switch self {
        case .keys: "what keys mean instead: any sequences, and the command that they ask for, or none"
        case .mute: "subtrees whose patches are not shown at first"
        case .filter: "which patches are shown at first, as it is typed for them"
        case .user: "the name that your edits carry"
        case .lazyAbove: "trees of more nodes are loaded in parts, as they are unfolded"
        case .profile: "the profile to connect to where none is named"
        case .profiles: "servers by name: “treenity NAME” connects; all of the above can be said of one of them, too"
        }
    }

    /// How it may look.
    var example: String {
        switch self {
        case .keys: "\n  \"C-n C-j\": move.next\n  ZZ: program.quit\n  M: none"
        case .mute: "[tree/hosts]"
        case .filter: "\"!path:**/heartbeat\""
        case .user: "ann"
        case .lazyAbove: "200000"
        case .profile: "production"
        case .profiles:
            "\n  production:\n" + ProfileKey.allCases.map { "    \($0.rawValue): \($0.example)\n" }.joined()
                + "    theme: high-contrast"
        }
    }
}

/// What the file can say of a profile beside what it can say of all.
enum ProfileKey: String, CaseIterable {
    case url
    case guarding = "guard"
    case tokenFile = "token-file"
    case authorities = "ca-file"
    case certificate = "cert"
    case key
    case serverName = "server-name"

    var example: String {
        switch self {
        case .url: "wss://tree.example:8733#tree/spaces"
        case .guarding: "protected"
        case .tokenFile: "~/.config/treenity/production.token"
        case .authorities: "~/.config/treenity/authorities.pem"
        case .certificate: "~/.config/treenity/ann.pem"
        case .key: "~/.config/treenity/ann.key"
        case .serverName: "tree.example"
        }
    }

    var summary: String {
        switch self {
        case .url: "its address, with the place of the tree to open"
        case .guarding: "none, read-only (no changes), or protected (changes once its name was typed)"
        case .tokenFile: "the file of the token, which nobody else may be able to read"
        case .authorities: "trust these authorities instead of the system's"
        case .certificate: "show the server this certificate"
        case .key: "the certificate's private key"
        case .serverName: "the name that the server's certificate has to bear"
        }
    }
}
