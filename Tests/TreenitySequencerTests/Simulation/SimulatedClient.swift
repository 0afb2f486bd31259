import TreenityProtocol
import TreenitySequencer

@testable import TreenityStore

/// A client that shows its edits at once, and the wires between it and the server.
struct SimulatedClient {
    let name: String
    private(set) var replica = OptimisticReplica()
    private(set) var isConnected = false
    var toServer: [Request] = []
    var toClient: [Message] = []
    /// The last answer to each edit: whether it was taken.
    private(set) var answers: [String: Bool] = [:]
    /// It has stamps from a snapshot, which say less than patches.
    private(set) var tookSnapshot = false
    /// It has edits of which it cannot know where they belong.
    private(set) var isUnsure = false
    /// Nothing has ever come.
    private var isFresh = true
    private var lastID = 0

    init(name: String) {
        self.name = name
    }

    // MARK: Editing

    mutating func nextID() -> String {
        lastID += 1
        return "\(name)\(lastID)"
    }

    /// An edit of this client, now.
    mutating func patch(_ operation: Patch.Operation, _ path: TreePath, now: Timestamp) -> Patch {
        Patch(
            operation, path, timestamp: replica.timestamp(now: now), meta: ["user": .string(name)], id: nextID())
    }

    /// Makes an edit where it is possible, and sends it where there is a connection.
    mutating func edit(_ patches: [Patch], now: Timestamp) {
        // It is made without regard to those that are not shown, which may be shown again.
        if !replica.pending.allSatisfy(\.isShown) { isUnsure = true }
        if patches.count == 1 {
            guard (try? replica.edit(patches[0], now: now)) != nil else { return }
        } else {
            guard (try? replica.edit(batch: patches, id: nextID(), now: now)) != nil else { return }
        }
        if isConnected { toServer += replica.pending.suffix(1).map(\.request) }
    }

    // MARK: Connecting

    /// From where in the order it can go on; `nil`: it needs a snapshot.
    var resumption: SequenceNumber? { isFresh ? .zero : replica.applied }

    mutating func connect(_ welcome: Welcome, _ messages: [Message]) {
        isConnected = true
        _ = replica.sessionBegan(welcome)
        toClient = messages
        toServer = replica.unanswered.map(\.request)
    }

    mutating func disconnect() {
        isConnected = false
        toServer = []
        toClient = []
        replica.connectionLost()
    }

    // MARK: Receiving

    mutating func receive(_ count: Int, now: Timestamp) {
        for message in toClient.prefix(count) { receive(message, now: now) }
        if !toClient.isEmpty { isFresh = false }
        toClient.removeFirst(min(count, toClient.count))
        if replica.pending.isEmpty { isUnsure = false }
    }

    private mutating func receive(_ message: Message, now: Timestamp) {
        switch message {
        case .patches(let patches):
            _ = replica.receive(patches, now: now)
        case .acknowledged(let id, let answer):
            answers[id] = true
            replica.acknowledged(id, at: answer.seq)
        case .refused(let id):
            answers[id] = false
            replica.refused(id)
        case .snapshot(let chunk):
            tookSnapshot = true
            isUnsure = true
            _ = replica.receive(chunk)
        }
    }

    /// The tree without the edits that are pending.
    var confirmed: Replica {
        var replica = replica
        replica.takeBackPending()
        return replica.tree
    }
}

extension PendingEdit {
    /// The edit as it is sent.
    var request: Request {
        let patches = patches.map(\.patch)
        guard !isBatch, let patch = patches.first else { return .batch(id: id, patches) }
        return .patch(patch)
    }
}
