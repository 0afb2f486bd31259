public import Logging

/// How a data file is kept.
public struct DataFileOptions: Sendable {
    /// Archived patches that are older than the newest one by more than that are dropped; `nil`: none for its age.
    public var keepAge: Duration?
    /// So many bytes of archived patches are kept; the oldest are dropped.
    public var keepBytes = 1 << 30
    /// Gets what happens.
    public var logger: Logger

    /// 30 days, 1 GiB.
    public init(logger: Logger) {
        self.logger = logger
        keepAge = .seconds(30 * 86_400)
    }
}
