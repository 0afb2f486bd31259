import Synchronization

/// The user's edits that the server has not answered, in a file that outlives the process and the loss of power.
///
/// Each client that runs has a file of its own, locked as long as it runs, so that several terminals neither see nor send
/// each other's edits. What earlier runs left is adopted by the first that comes. The file is made when there is something
/// to keep, and is readable for this user only.
///
/// Calls block until the disk has what they record: they are made from a place that may block, several records at once
/// where several wait. Any thread may call.
public final class OutboxFile: Sendable {
    private let store: Mutex<OutboxStore>

    /// What was found wrong with what earlier runs left, each in plain words. Nothing of it is lost.
    public let problems: [String]

    /// Adopts what earlier runs left for a server. A folder that cannot be used is no error before there is something to
    /// keep.
    ///
    /// - Parameter directory: The absolute path of the server's folder, as ``directory(for:environment:)`` gives it; it
    ///   need not be there.
    public convenience init(in directory: String) {
        self.init(in: directory, DiskCalls())
    }

    init(in directory: String, _ calls: DiskCalls) {
        let store = OutboxStore(OutboxDirectory(path: directory), calls)
        problems = store.problems
        self.store = Mutex(store)
    }

    /// Where the edits for a server are kept: `$XDG_STATE_HOME/treenity/outbox/SERVER`, by default below
    /// `~/.local/state` (XDG Base Directory Specification).
    ///
    /// - Returns: `nil` where neither `XDG_STATE_HOME` nor `HOME` is an absolute path.
    public static func directory(for address: ServerAddress, environment: [String: String]) -> String? {
        OutboxDirectory(for: address, environment: environment)?.path
    }

    /// The edits that matter, those of earlier runs first.
    public var contents: OutboxContents { store.withLock { $0.machine.contents } }

    /// Keeps what happened, and returns when it will survive the loss of power: one write and one flush for all records.
    ///
    /// - Throws: ``OutboxError``; ``contents`` has the records all the same, and the next call writes what is missing.
    public func record(_ records: [OutboxRecord]) throws(OutboxError) {
        try store.withLock { store throws(OutboxError) in try store.record(records) }
    }

    /// Lets go of the file, and takes it away if nothing in it matters any more. Nothing is recorded after this.
    public func close() {
        store.withLock { $0.close() }
    }
}
