/// Where programs keep what is to outlive them and is of no use elsewhere: `$XDG_STATE_HOME/treenity`, by default below
/// `~/.local/state` (XDG Base Directory Specification).
public struct StateDirectory: Hashable, Sendable {
    /// Absolute; it need not be there.
    public let path: String

    /// The place that the environment names; `nil` where neither `XDG_STATE_HOME` nor `HOME` is an absolute path.
    public init?(environment: [String: String]) {
        func absolute(_ name: String) -> String? { environment[name].flatMap { $0.hasPrefix("/") ? $0 : nil } }
        guard let state = absolute("XDG_STATE_HOME") ?? absolute("HOME").map({ $0 + "/.local/state" }) else {
            return nil
        }
        path = "\(state)/treenity"
    }

    /// The place of one kind of state for a server: `KIND/wss_tree.example_8733`.
    public func path(of kind: String, for address: ServerAddress) -> String {
        "\(path)/\(kind)/\(OutboxDirectory.name(for: address))"
    }
}
