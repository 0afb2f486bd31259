import Testing
import TreenityProtocol
import TreenityTesting

@Suite("Three people at one text")
struct SharedTextSimulationTests {
    /// A server, three clients, and chance.
    private struct Room {
        var random: RandomText
        var server: EditServer
        var clients = ["ann", "bob", "cy"].map(EditClient.init(name:))
        var replaces = false
        var sendsSnapshots = false

        init(seed: UInt64, memory: Int = .max) {
            random = RandomText(seed: seed)
            server = EditServer(memory: memory, ordersEmptyEdits: seed % 2 == 0)
        }

        mutating func run(_ steps: Int) {
            for _ in 0..<steps { step() }
            while !isQuiet { settle() }
            // An edit that came to nothing may still wait for its place to be reached.
            broadcast([server.pass()])
            while !isQuiet { settle() }
        }

        private mutating func step() {
            let index = random.below(clients.count)
            switch random.below(24) {
            case 0..<8: clients[index].type(&random)
            case 8..<13: admit(from: index)
            case 13..<21: clients[index].deliver()
            case 21: broadcast([server.pass()])
            case 22 where replaces && random.once(in: 4): broadcast([server.replace(by: random.text())])
            default:
                guard random.once(in: 3) else { return }
                let bySnapshot = sendsSnapshots && random.once(in: 2)
                clients[index].reconnect(to: server, bySnapshot: bySnapshot)
            }
        }

        private var isQuiet: Bool { clients.allSatisfy { $0.uplink.isEmpty && $0.downlink.isEmpty } }

        private mutating func settle() {
            for index in clients.indices {
                admit(from: index)
                clients[index].deliver()
            }
        }

        private mutating func admit(from index: Int) {
            guard !clients[index].uplink.isEmpty else { return }
            let answer = server.take(clients[index].uplink.removeFirst())
            broadcast(answer.all)
            // As to a repeat, the answer may overtake the patches.
            let place = random.once(in: 4) ? random.below(clients[index].downlink.count + 1) : nil
            clients[index].downlink.insert(answer.sender, at: place ?? clients[index].downlink.count)
        }

        private mutating func broadcast(_ messages: [EditServer.Message]) {
            for index in clients.indices { clients[index].downlink += messages }
        }

        func expectAgreement() {
            for client in clients {
                #expect(client.shared.state == .synchronized)
                #expect(client.shown.bytes == server.text.bytes)
                #expect(client.shared.confirmed.bytes == server.text.bytes)
            }
        }
    }

    @Test("All have the same text in the end, and nobody's edits are corrected", arguments: Fuzz.seeds(20))
    func convergence(_ seed: UInt64) {
        var room = Room(seed: seed)
        room.run(200)
        room.expectAgreement()
        #expect(room.clients.flatMap(\.troubles).isEmpty)
    }

    @Test("All agree also where texts are replaced, and edits come too late", arguments: Fuzz.seeds(20))
    func replacements(_ seed: UInt64) {
        var room = Room(seed: seed, memory: 25)
        room.replaces = true
        room.run(200)
        room.expectAgreement()
        for trouble in room.clients.flatMap(\.troubles) {
            guard case .lost = trouble else {
                Issue.record("\(trouble)")
                continue
            }
        }
    }

    @Test("All agree also where whole texts come after a lost connection", arguments: Fuzz.seeds(20))
    func snapshots(_ seed: UInt64) {
        var room = Room(seed: seed)
        room.sendsSnapshots = true
        room.run(200)
        room.expectAgreement()
        #expect(!room.clients.flatMap(\.troubles).contains(.outOfStep))
    }
}
