import TreenityProtocol

/// How much work carrying a patch may take, so that no patch keeps all others waiting: about a tenth of a second.
///
/// It counts what is done and not the time, which would differ from server to server.
struct Effort {
    private var left = 8 << 20

    /// What a step of a text edit takes, measured by the rewriting of one byte of a value.
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
