public import TreenityProtocol

/// One of the user's edits, kept until the server has answered it: a patch, or a batch that is taken all or not at all.
public struct OutboxEdit: Hashable, Sendable {
    /// By which answers name it.
    public let id: String
    /// Whether it goes out as a batch.
    public let isBatch: Bool
    /// Its patches as they go out, with the timestamps, `id`s and `base` that they were made with.
    public let patches: [Patch]
    /// Under which epoch of the server's order the patches' `base` means something; `nil`: none was known.
    public let epoch: String?

    /// An edit of these parts. The one patch of an edit that is no batch goes out with the edit's `id`.
    ///
    /// - Precondition: what is no batch is exactly one patch.
    public init(id: String, isBatch: Bool, patches: [Patch], epoch: String?) {
        precondition(isBatch || patches.count == 1, "\(patches.count) patches are no single edit")
        self.id = id
        self.isBatch = isBatch
        self.epoch = epoch
        guard !isBatch, var patch = patches.first else {
            self.patches = patches
            return
        }
        patch.id = id
        self.patches = [patch]
    }

    /// An edit that is sent with this frame; `nil` for other frames than patches and batches, and for those without `id`.
    public init?(_ frame: ClientFrame, epoch: String?) {
        switch frame {
        case .patch(let patch):
            guard let id = patch.id else { return nil }
            self.init(id: id, isBatch: false, patches: [patch], epoch: epoch)
        case .batch(let id?, let patches):
            self.init(id: id, isBatch: true, patches: patches, epoch: epoch)
        case .batch(nil, _), .subscribe, .unsubscribe, .history, .find, .presence, .result: return nil
        }
    }

    /// What is sent.
    public var frame: ClientFrame { isBatch ? .batch(id: id, patches: patches) : .patch(patches[0]) }
}
