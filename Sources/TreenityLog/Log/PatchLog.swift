/// Where a server writes down what it is to decide on: one durable, ordered log.
///
/// An append says only that its entries are durable. Their order, and so every verdict, comes out of reading: several
/// servers may append to one log, and each reads all of it and decides alone, by the same rule. A server that appends
/// reads its own entries too.
public protocol PatchLog: Sendable {
    /// What ``entries(after:)`` gives.
    associatedtype Entries: AsyncSequence<[PlacedEntry], any Error> & Sendable

    /// Makes entries durable, all or none, one right after the other. Returns when they are.
    ///
    /// Appends of several tasks may be made durable together; those of one task that awaits each stand in its order.
    ///
    /// - Returns: their places.
    /// - Throws: ``LogFailure`` where they could not be made durable; none is in the log then. Later appends may succeed.
    @discardableResult
    func append(_ entries: [LogEntry]) async throws(LogFailure) -> ClosedRange<LogPosition>

    /// The place of the last durable entry; zero where there was none yet.
    ///
    /// - Throws: ``LogFailure`` where that cannot be read.
    var end: LogPosition { get async throws(LogFailure) }

    /// All durable entries after a place, in order, and then those that come. It ends when the log is closed.
    ///
    /// - Throws: ``LogFailure``, out of the sequence, where what stands in the log cannot be read.
    func entries(after position: LogPosition) -> Entries

    /// Keeps a state from which reading can start later. What is older than the state before this one may be dropped.
    ///
    /// - Parameters:
    ///   - position: the place up to which the state is true.
    ///   - chunks: its parts, in order; made as they are written.
    /// - Throws: ``LogFailure`` where it could not be kept; the states kept before still stand.
    func save(stateAt position: LogPosition, chunks: some Sequence<[UInt8]> & Sendable) async throws(LogFailure)

    /// The state to start from: of the two newest ones the older, so that what has happened of late is seen happen
    /// again; `nil`: there is none.
    ///
    /// - Throws: ``LogFailure`` where it cannot be read.
    func savedState() async throws(LogFailure) -> SavedState?
}

/// An entry in its place.
public struct PlacedEntry: Hashable, Sendable {
    /// Its place.
    public var position: LogPosition
    /// What stands there.
    public var entry: LogEntry

    /// An entry in its place.
    public init(_ entry: LogEntry, at position: LogPosition) {
        self.entry = entry
        self.position = position
    }
}

/// A state that was kept by ``PatchLog/save(stateAt:chunks:)``.
public struct SavedState: Sendable {
    /// The place up to which it is true.
    public var position: LogPosition
    /// Its parts, in order.
    public var chunks: [[UInt8]]

    /// A state of these parts.
    public init(position: LogPosition, chunks: [[UInt8]]) {
        self.position = position
        self.chunks = chunks
    }
}
