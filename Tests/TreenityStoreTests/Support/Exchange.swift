import Testing
import TreenityProtocol

@testable import TreenityStore

/// A server, one client that shows its edits at once, another client's edits, and the wires between them: what is sent
/// is delivered when the test says so.
struct Exchange {
    enum Message {
        case patches([Patch])
        case settled(String)
    }

    private(set) var server = Replica()
    private(set) var client = OptimisticReplica()
    /// What the client has got so far, without its own edits.
    private(set) var follower = Replica()
    /// What the server put in order, as it sent it.
    private(set) var order: [Patch] = []
    private var toServer: [Patch] = []
    private var toClient: [Message] = []
    private var clock: Int64 = 0
    private var lastID = 0
    let dropsIDs: Bool

    init(dropsIDs: Bool = false) {
        self.dropsIDs = dropsIDs
    }

    var isQuiet: Bool { toServer.isEmpty && toClient.isEmpty }

    /// The client's user edits; `nil` where that was impossible already there.
    mutating func edit(_ operation: Patch.Operation, _ path: TreePath) -> Change? {
        lastID += 1
        clock += 1
        var patch = Patch.by("ann", at: 0, operation, path)
        patch.timestamp = client.timestamp(now: Timestamp(milliseconds: clock))
        patch.id = "c\(lastID)"
        guard let change = try? client.edit(patch, now: Timestamp(milliseconds: clock)) else { return nil }
        toServer.append(patch)
        return change
    }

    /// Somebody else's patch reaches the server.
    mutating func remote(_ operation: Patch.Operation, _ path: TreePath) {
        clock += 1
        admit(.by("bob", at: clock, operation, path))
    }

    /// The oldest of the client's edits reaches the server.
    mutating func deliverToServer() {
        guard !toServer.isEmpty else { return }
        admit(toServer.removeFirst())
    }

    /// The oldest messages reach the client, their patches in one go.
    ///
    /// - Returns: what the client made of them.
    @discardableResult
    mutating func deliverToClient(_ count: Int = 1) -> [Received] {
        var patches: [Patch] = []
        var received: [Received] = []
        for message in toClient.prefix(count) {
            switch message {
            case .patches(let more):
                patches += more
                for patch in more { _ = try? follower.apply(patch, .decided) }
            case .settled(let id):
                received += client.receive(patches, now: Timestamp(milliseconds: clock))
                patches = []
                client.acknowledged(id, at: nil)
            }
        }
        if !patches.isEmpty { received += client.receive(patches, now: Timestamp(milliseconds: clock)) }
        toClient.removeFirst(min(count, toClient.count))
        return received
    }

    mutating func deliverAll() {
        while !isQuiet {
            deliverToServer()
            deliverToClient()
        }
    }

    private mutating func admit(_ patch: Patch) {
        if let change = try? server.apply(patch), !change.effects.isEmpty {
            var sent = change.patch
            sent.seq = SequenceNumber(Int64(order.count + 1))
            if dropsIDs { sent.id = nil }
            order.append(sent)
            toClient.append(.patches([sent]))
        }
        if let id = patch.id { toClient.append(.settled(id)) }
    }

    /// Below the pending edits there is exactly what the server has sent.
    func expectConfirmed(_ location: SourceLocation = #_sourceLocation) {
        var confirmed = client
        confirmed.takeBackPending()
        #expect(confirmed.tree.json == follower.json, sourceLocation: location)
        #expect(confirmed.tree.newest == follower.newest, sourceLocation: location)
        #expect(confirmed.tree.everything.map(\.stamp) == follower.everything.map(\.stamp), sourceLocation: location)
    }

    /// Nothing is under way: the client has what the server has, and what anyone has who applies its order alone.
    func expectAgreement(_ location: SourceLocation = #_sourceLocation) throws {
        try #require(isQuiet)
        var follower = Replica()
        for patch in order { _ = try follower.apply(patch, .decided) }
        #expect(client.pending.isEmpty, sourceLocation: location)
        #expect(follower.json == server.json, sourceLocation: location)
        #expect(client.tree.json == follower.json, sourceLocation: location)
        #expect(client.tree.everything.map(\.stamp) == follower.everything.map(\.stamp), sourceLocation: location)
        client.tree.expectWhole(reserved: 0, location)
    }
}
