import TreenityProtocol

/// What an action is told: which node it was run at, with which argument, by whom.
struct ActionCall: Hashable, Sendable {
    let path: TreePath
    let value: JSONValue?
    let user: String

    /// The call as JSON: `{"path":"tree/x","value":…,"user":"ann"}`. An absent argument is `null`.
    var json: [UInt8] {
        let members: [(String, JSONValue)] = [
            ("path", .string(path.text)), ("value", value ?? .null), ("user", .string(user)),
        ]
        return Array(JSONValue.object(members.map { JSONValue.Member(key: $0.0, value: $0.1) }).text.utf8)
    }
}
