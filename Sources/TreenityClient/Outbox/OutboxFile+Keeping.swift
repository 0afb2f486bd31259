import NIOPosix

extension OutboxFile {
    /// As ``record(_:)``, from a thread that may block.
    public func keep(_ records: [OutboxRecord]) async throws(OutboxError) {
        let result = try? await NIOThreadPool.singleton.runIfActive { () -> Result<Void, OutboxError> in
            do throws(OutboxError) {
                return .success(try self.record(records))
            } catch {
                return .failure(error)
            }
        }
        // Where the threads are gone, so is the process, soon.
        try result?.get()
    }
}
