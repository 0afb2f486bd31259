public import TreenityProtocol

extension ArchivedPatch {
    /// The patch and what it replaced, as in an answer to `HISTORY`.
    public var encoded: [UInt8] {
        ServerFrame.history(id: "", patches: [HistoricalPatch(patch: patch, previous: previous)], more: false).encoded()
    }

    /// Reads what ``encoded`` wrote.
    ///
    /// - Throws: ``LogFailure`` (damaged) for anything else.
    public init(decoding bytes: [UInt8], received: Timestamp) throws(LogFailure) {
        guard let frames = try? ServerFrame.decode(bytes), case .history(_, let patches, _)? = frames.first,
            let historical = patches.first, historical.patch.seq != nil
        else { throw LogFailure.damaged("a patch of the archive cannot be read") }
        self.init(patch: historical.patch, previous: historical.previous, received: received)
    }
}
