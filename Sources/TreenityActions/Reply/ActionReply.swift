public import TreenityProtocol

/// What an action gave.
///
/// The bytes of a reply are read so:
/// - No bytes, or white space alone: the value is `null`.
/// - An object with a member `value`, a member `patches`, or both: these are the parts, an absent value is `null`, absent
///   patches and `null` are none; other members are ignored.
/// - Any other JSON: it is the value. (So an action whose result is an object that may have such members wraps it:
///   `{"value":{…}}`.)
///
/// Bytes that are no JSON, and patches that are none, make the action fail.
public struct ActionReply: Hashable, Sendable {
    /// For whoever ran the action.
    public let value: JSONValue
    /// What the action wants done to the tree, in order. Not yet looked at: whether they may be and can be applied.
    public let patches: [Patch]

    init(value: JSONValue, patches: [Patch] = []) {
        self.value = value
        self.patches = patches
    }

    init(parsing bytes: [UInt8]) throws(ActionFailure.Cause) {
        guard let json = try Self.json(bytes) else {
            self.init(value: .null)
            return
        }
        let value = json["value"]
        let patches = json["patches"]
        guard value != nil || patches != nil else {
            self.init(value: json)
            return
        }
        self.init(value: value ?? .null, patches: try Self.patches(patches ?? .null))
    }

    private static func json(_ bytes: [UInt8]) throws(ActionFailure.Cause) -> JSONValue? {
        let whiteSpace: Set<UInt8> = [0x20, 0x09, 0x0A, 0x0D]
        guard !bytes.allSatisfy(whiteSpace.contains) else { return nil }
        do {
            return try JSONValue(parsing: bytes)
        } catch {
            throw .replyNotJSON(error)
        }
    }

    /// Reads a list of patches as that of a batch, so that the same rules hold, and a refusal names the patch.
    private static func patches(_ list: JSONValue) throws(ActionFailure.Cause) -> [Patch] {
        guard list != .null else { return [] }
        let batch: JSONValue = ["type": "BATCH", "patches": list]
        switch ClientFrame.decode(Array(batch.text.utf8)).first {
        case .success(.batch(_, let patches)): return patches
        case .failure(let error): throw .badPatches(error.refusal)
        case .success, nil: preconditionFailure("a batch was read as something else: \(batch)")
        }
    }
}
