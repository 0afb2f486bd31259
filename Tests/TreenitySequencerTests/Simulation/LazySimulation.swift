import Testing
import TreenityProtocol
import TreenitySequencer
import TreenityTesting

@testable import TreenityStore

/// A client that shows parts of a tree which others edit too, over a connection that is slow and breaks.
///
/// Snapshots begin in order with the patches; further chunks may come behind later ones.
struct LazySimulation {
    private enum Request {
        case patch(Patch)
        case subscribe(TreePath, depth: Int, refining: Bool)
    }

    private enum Message {
        case patches([Patch])
        case acknowledged(id: String, SequenceNumber)
        case refused(id: String)
        case chunk(Snapshot, refining: Bool)
    }

    private var sequencer = Sequencer(tree: Replica(), epoch: "e")
    private var trees: [SequenceNumber: Replica] = [.zero: Replica()]
    private var order: [Patch] = []
    private(set) var client = OptimisticReplica()
    private var isConnected = false
    private var toServer: [Request] = []
    private var toClient: [Message] = []
    /// What is left of snapshots that have begun.
    private var chunks: [[Message]] = []
    private var edits: RandomEdits
    private var clock: Int64 = 1
    private var lastID = 0
    /// How often things happened that are the point of it all.
    private(set) var tally: [String: Int] = [:]

    init(seed: UInt64) {
        edits = RandomEdits(generator: SeededGenerator(seed: seed))
        for _ in 0..<100 { editByOthers() }
        connect()
    }

    private var now: Timestamp { Timestamp(milliseconds: clock) }

    // MARK: Steps

    mutating func step() {
        clock += 1
        switch edits.below(24) {
        case 0..<6: editByOthers()
        case 6..<9: serve()
        case 9..<16: deliver()
        case 16..<18: editByUser()
        case 18: unfold()
        case 19, 20: fold()
        case 21: ask()
        case 22: sendChunk()
        default: changeConnection()
        }
    }

    private mutating func editByOthers() {
        let (operation, path) = edits.edit(of: sequencer.tree)
        let patch = Patch(operation, path, timestamp: now, meta: ["user": "bob"], base: sequencer.seq)
        guard case .admitted(let admissions, _) = sequencer.admit(patch, from: Sender(user: "bob"), now: now) else {
            return
        }
        send(admissions.map(\.patch))
    }

    private mutating func send(_ patches: [Patch]) {
        order += patches
        trees[sequencer.seq] = sequencer.tree
        if isConnected { toClient.append(.patches(patches)) }
    }

    private mutating func editByUser() {
        let (operation, path) = edits.edit(of: client.tree)
        lastID += 1
        let patch = Patch(
            operation, path, timestamp: client.timestamp(now: now), meta: ["user": "ann"], id: "a\(lastID)")
        guard (try? client.edit(patch, now: now)) != nil, let edit = client.pending.last else { return }
        if isConnected { toServer += edit.patches.map { .patch($0.patch) } }
    }

    private mutating func randomNode(where condition: (NodeID) -> Bool) -> NodeID? {
        let nodes = client.tree.subtree(of: client.tree.root).filter(condition)
        return nodes.isEmpty ? nil : nodes[edits.below(nodes.count)]
    }

    private mutating func unfold() {
        let tree = client.tree
        guard isConnected, let node = randomNode(where: { !tree.isLoaded($0) }) else { return }
        toServer.append(.subscribe(tree.path(of: node), depth: 1 + edits.below(2), refining: true))
    }

    private mutating func fold() {
        guard let node = randomNode(where: { _ in true }) else { return }
        let tree = client.tree
        let isFolded = client.unload(node)
        if isFolded { note("folded") }
        if !isFolded { #expect(client.tree.everythingSeen == tree.everythingSeen) }
    }

    private mutating func ask() {
        guard isConnected else { return }
        let inquiries = client.takeInquiries()
        if !inquiries.isEmpty { note("asked") }
        toServer += inquiries.map { .subscribe($0, depth: 0, refining: true) }
    }

    // MARK: The server

    private mutating func serve() {
        guard !toServer.isEmpty else { return }
        switch toServer.removeFirst() {
        case .patch(let patch): decide(patch)
        case .subscribe(let path, let depth, let refining): snapshot(path, depth, refining)
        }
    }

    private mutating func decide(_ patch: Patch) {
        let id = patch.id ?? ""
        switch sequencer.admit(patch, from: Sender(user: "ann"), now: now) {
        case .admitted(let admissions, let answer):
            send(admissions.map(\.patch))
            toClient.append(.acknowledged(id: id, answer.seq))
        case .nothing(let answer), .repeated(let answer): toClient.append(.acknowledged(id: id, answer.seq))
        case .refused: toClient.append(.refused(id: id))
        }
    }

    private mutating func snapshot(_ path: TreePath, _ depth: Int, _ refining: Bool) {
        let tree = sequencer.tree
        if case .property = tree.item(at: path) { return }
        let nodes = tree.node(at: path).map { Array(tree.snapshotNodes(of: $0, depth: depth)) } ?? []
        lastID += 1
        let size = 1 + edits.below(4)
        var messages = stride(from: 0, to: max(1, nodes.count), by: size).map { start in
            let snapshot = Snapshot(
                id: "s\(lastID)", path: path, seq: sequencer.seq, nodes: Array(nodes.dropFirst(start).prefix(size)),
                more: start + size < nodes.count)
            return Message.chunk(snapshot, refining: refining)
        }
        toClient.append(messages.removeFirst())
        if edits.below(2) == 0 { toClient += messages } else if !messages.isEmpty { chunks.append(messages) }
    }

    private mutating func sendChunk() {
        guard !chunks.isEmpty else { return }
        let place = edits.below(chunks.count)
        toClient.append(chunks[place].removeFirst())
        if chunks[place].isEmpty { chunks.remove(at: place) }
    }

    // MARK: The connection

    private mutating func changeConnection() {
        guard isConnected else { return connect() }
        guard edits.below(3) == 0 else { return }
        isConnected = false
        (toServer, toClient, chunks) = ([], [], [])
        client.connectionLost()
    }

    private mutating func connect() {
        isConnected = true
        _ = client.sessionBegan(
            Welcome(
                session: "s", user: "ann", epoch: "e", seq: sequencer.seq, time: now, maximumMessageBytes: 1 << 20,
                maximumBatch: 100))
        if let applied = client.applied, edits.below(4) > 0 {
            let since = max(0, applied.value - Int64(edits.below(3)))
            toClient += order.dropFirst(Int(since)).map { .patches([$0]) }
            note("resumed")
        } else {
            snapshot(.root, edits.below(3), false)
            note("renewed")
        }
        toServer = client.unanswered.flatMap(\.patches).map { .patch($0.patch) }
    }

    // MARK: The client

    private mutating func deliver() {
        guard !toClient.isEmpty else { return }
        switch toClient.removeFirst() {
        case .patches(let patches): receive(patches)
        case .acknowledged(let id, let seq): client.acknowledged(id, at: seq)
        case .refused(let id): client.refused(id)
        case .chunk(let chunk, let refining):
            guard let summary = client.receive(chunk, refining: refining) else { return }
            note(summary.isPassedOver ? "passed over" : "loaded")
            receive([])
            if summary.isPassedOver, !refining { toServer.append(.subscribe(.root, depth: 1, refining: false)) }
        }
    }

    private mutating func receive(_ patches: [Patch]) {
        if !client.loading.isEmpty, !patches.isEmpty { note("waited") }
        for received in client.receive(patches, now: now) {
            switch received.outcome {
            case .success(let change): if !change.doubtful.isEmpty { note("doubted") }
            case .failure(let refusal): Issue.record("\(received.patch) is not applied: \(refusal)")
            }
        }
    }

    private mutating func note(_ what: String) { tally[what, default: 0] += 1 }

    // MARK: Expectations

    /// What the client shows below its pending edits is what the server had at that place in the order.
    func expectTruth(_ location: SourceLocation = #_sourceLocation) {
        guard let applied = client.applied, let tree = trees[applied] else { return }
        guard !client.isRenewing else { return }
        #expect(client.confirmed.lies(about: tree, excluding: client.loading) == [], sourceLocation: location)
    }

    /// All that is under way comes to its end.
    mutating func settle() {
        if !isConnected { connect() }
        repeat {
            while !toServer.isEmpty || !toClient.isEmpty || !chunks.isEmpty {
                serve()
                sendChunk()
                deliver()
            }
            ask()
        } while !toServer.isEmpty
    }

    /// Unfolds all that is not loaded, until everything is.
    mutating func unfoldAll() {
        while let node = client.tree.subtree(of: client.tree.root).first(where: { !client.tree.isLoaded($0) }) {
            toServer.append(.subscribe(client.tree.path(of: node), depth: 1, refining: true))
            settle()
        }
    }

    func expectAgreement(_ location: SourceLocation = #_sourceLocation) {
        #expect(client.pending.isEmpty, sourceLocation: location)
        #expect(client.tree.doubtfulNodes == [], sourceLocation: location)
        #expect(client.tree.lies(about: sequencer.tree) == [], sourceLocation: location)
    }

    func expectWhole(_ location: SourceLocation = #_sourceLocation) {
        #expect(client.tree.json(at: .root) == sequencer.tree.json(at: .root), sourceLocation: location)
    }
}

extension Replica {
    fileprivate var everythingSeen: [String] {
        subtree(of: root).map { "\(path(of: $0)) \($0) \(childCount(of: $0)) \(properties(of: $0))" }
    }
}
