import Testing
import TreenityProtocol

/// Reads one message of a client that must hold one frame.
func decodeOne(_ text: String) throws -> ClientFrame {
    let results = ClientFrame.decode(Array(text.utf8))
    try #require(results.count == 1)
    return try results[0].get()
}

/// Reads one message of a client that must hold one patch.
func decodePatch(_ text: String) throws -> Patch {
    guard case .patch(let patch) = try decodeOne(text) else {
        throw Refusal(.invalidPatch, "not a patch: \(text)")
    }
    return patch
}
