import Testing
import TreenityProtocol
import TreenitySequencer
import TreenityTesting

@testable import TreenityStore

/// Clients that edit one tree over connections which are slow and break.
struct Simulation {
    private(set) var server = SimulatedServer()
    private(set) var clients: [SimulatedClient]
    private var random: RandomEdits
    private var clock: Int64 = 1

    init(seed: UInt64) {
        random = RandomEdits(generator: SeededGenerator(seed: seed))
        let names = ["ann", "bob", "cyd", "dan", "eve"].prefix(3 + random.below(3))
        clients = names.map(SimulatedClient.init(name:))
        // Some begin before they have ever been connected.
        for client in clients.indices where random.below(4) > 0 { clients[client].connect(server.welcome, []) }
    }

    private func now(_ client: Int) -> Timestamp { Timestamp(milliseconds: max(0, clock + Int64(client * 7) - 10)) }

    // MARK: Steps

    /// One of the things that can happen.
    mutating func step() {
        clock += 1
        let client = random.below(clients.count)
        switch random.below(20) {
        case 0..<6: edit(client)
        case 6..<12: serve(client)
        case 12..<17: clients[client].receive(1 + random.below(4), now: now(client))
        case 17: clients[client].repeatRequest(random.below(8))
        case 18: if random.below(2) == 0 { clients[client].disconnect() }
        default: if !clients[client].isConnected { connect(client) }
        }
    }

    /// The client's user edits, at the latest at the fifth try.
    private mutating func edit(_ client: Int) {
        let before = clients[client].replica.pending.count
        for _ in 0..<5 where clients[client].replica.pending.count == before { tryEdit(client) }
    }

    private mutating func tryEdit(_ client: Int) {
        let count = random.below(6) == 0 ? 2 + random.below(2) : 1
        let tree = clients[client].replica.tree
        let patches = (0..<count).map { _ in
            let (operation, path) = random.edit(of: tree)
            return clients[client].patch(operation, path, now: now(client))
        }
        clients[client].edit(patches, now: now(client))
    }

    /// The server takes the client's oldest request.
    private mutating func serve(_ client: Int) {
        guard !clients[client].toServer.isEmpty else { return }
        let request = clients[client].toServer.removeFirst()
        let time = Timestamp(milliseconds: clock)
        let (sent, answer) = server.decide(request, from: clients[client].name, now: time)
        // An answer may come before the patches, though this server would not send it so.
        let isFirst = random.below(4) == 0
        if let answer, isFirst { clients[client].toClient.append(answer) }
        if !sent.isEmpty {
            for other in clients.indices where clients[other].isConnected {
                clients[other].toClient.append(.patches(sent))
            }
        }
        if let answer, !isFirst { clients[client].toClient.append(answer) }
    }

    /// The client goes on from what it has, or a little before, or from a snapshot.
    private mutating func connect(_ client: Int) {
        if let applied = clients[client].resumption, random.below(5) > 0 {
            let since = SequenceNumber(max(0, applied.value - Int64(random.below(3))))
            clients[client].connect(server.welcome, server.missed(since: since))
        } else {
            clients[client].connect(server.welcome, server.snapshot(chunk: 1 + random.below(6)))
        }
    }

    /// Everyone is connected, and everything arrives.
    mutating func settle() {
        for client in clients.indices where !clients[client].isConnected { connect(client) }
        while clients.contains(where: { !$0.toServer.isEmpty || !$0.toClient.isEmpty }) {
            clock += 1
            let client = random.below(clients.count)
            serve(client)
            clients[client].receive(1 + random.below(4), now: now(client))
        }
    }

    // MARK: Checks

    /// Below the pending edits, each client has the tree of the place that it has come to.
    func expectConfirmed() {
        for client in clients {
            guard let place = client.resumption, let tree = server.trees[place], client.replica.loads.isEmpty
            else { continue }
            #expect(client.confirmed.content == tree.content, "\(client.name)")
            if !client.tookSnapshot { #expect(client.confirmed.stamps == tree.stamps, "\(client.name)") }
        }
    }

    /// Once what is under way to a client has come, it shows what will be decided on its edits, unless others come first.
    func expectForesight() {
        for var client in clients where client.isConnected {
            client.receive(client.toClient.count, now: Timestamp(milliseconds: clock))
            guard !client.isUnsure, client.replica.pending.allSatisfy(\.isShown) else { continue }
            var ahead = server.sequencer
            var isTold = true
            for edit in client.replica.pending {
                switch ahead.decide(edit.request, from: client.name, now: Timestamp(milliseconds: clock)).0 {
                case .admitted(_, let answer), .nothing(let answer): isTold = isTold && answer.superseded.isEmpty
                case .repeated, .refused: isTold = false
                }
            }
            // What others deleted at an address, and when, a client does not know.
            if isTold { #expect(client.replica.tree.content == ahead.tree.content, "\(client.name)") }
        }
    }

    /// After all has settled, everyone has the same, and every edit is where its answer says.
    func expectAgreement() {
        let content = server.sequencer.tree.content
        let counts = server.order.joined().reduce(into: [:]) { counts, patch in counts[patch.id, default: 0] += 1 }
        #expect(counts.values.allSatisfy { $0 == 1 }, "a patch is in the order twice")
        for client in clients {
            #expect(client.replica.pending.isEmpty, "\(client.name)")
            #expect(client.replica.tree.content == content, "\(client.name)")
            if !client.tookSnapshot { #expect(client.replica.tree.stamps == server.sequencer.tree.stamps) }
            for (id, isTaken) in client.answers where !server.outOfOrder.contains(id) {
                #expect((counts[id] == 1) == isTaken, "\(id) was taken: \(isTaken)")
            }
        }
    }
}

extension SimulatedClient {
    /// Something is sent twice.
    fileprivate mutating func repeatRequest(_ number: Int) {
        let requests = replica.unanswered.map(\.request)
        guard isConnected, number < requests.count else { return }
        toServer.append(requests[number])
    }
}

extension Replica {
    fileprivate var content: String { json(of: root).text }

    fileprivate var stamps: [Stamp] {
        subtree(of: root).flatMap { node in [stamp(of: node)] + properties(of: node).map(\.stamp) }
    }
}
