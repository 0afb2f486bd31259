import TreenityProtocol

/// How much work carrying a patch may take, so that no patch keeps all others waiting: some tenths of a second.
///
/// It counts what is done and not the time, which would differ from server to server. The unit is about 20 ns.
struct Effort {
    private var left = 1 << 23

    /// Writing an address anew.
    static let address = 64
    /// Writing a byte of a value anew: it is taken apart and put together again.
    static let byte = 4
    /// Passing over a step of a text edit.
    static let step = 4

    /// - Throws: ``Refusal`` (`stale`) where it is too much.
    mutating func spend(_ work: Int, on patch: Patch) throws(Refusal) {
        left -= min(work, left + 1)
        guard left >= 0 else {
            throw Refusal.stale(patch, "too much has happened since seq \(patch.base?.value ?? 0)")
        }
    }
}

extension Refusal {
    static func stale(_ patch: Patch, _ reason: String) -> Refusal { Refusal(.stale, reason, path: patch.path) }
}
