import Foundation
import Testing
import TreenityClient
import TreenityFaults
import TreenityProtocol
import TreenityStore
import TreenityTesting

/// How many schedules are run; the default is what the whole test run can spare.
private let scheduleCount = Int(ProcessInfo.processInfo.environment["TREENITY_SCHEDULES"] ?? "") ?? 40

@Suite("Three clients whose network fails", .timeLimit(.minutes(30)))
struct FaultScheduleTests {
    private static let clients = 3
    private static let editsEach = 12

    @Test("After healing all trees are the server's, and each edit was applied exactly once")
    func schedules() async throws {
        // A few at a time: the more at once, the more of the time limits are met for want of a processor.
        try await withThrowingTaskGroup(of: Void.self) { group in
            for number in 0..<scheduleCount {
                if number >= 4 { try await group.next() }
                group.addTask { try await Self.run(number) }
            }
            try await group.waitForAll()
        }
    }

    private static func run(_ number: Int) async throws {
        try await withServer { port in
            let clients = try await withThrowingTaskGroup(of: Client.self) { group in
                for client in 0..<Self.clients {
                    let seed = UInt64(number * Self.clients + client)
                    group.addTask { try await Client(number: client, through: port, seed: seed) }
                }
                return try await group.reduce(into: []) { $0.append($1) }
            }
            // Each edit adds a node: applied twice, it would take a second place in the order or be refused.
            let places = clients.flatMap(\.places).sorted()
            #expect(places == Array(1...Int64(Self.clients * Self.editsEach)))
            for client in clients { try await client.compare(port) }
        }
    }

    /// A client that has had all its answers.
    private struct Client: Sendable {
        let number: Int
        let stream: PatchStream
        let proxy: FaultProxy
        let follower: Task<Void, any Error>
        let places: [Int64]

        /// Edits beside the others over a network with faults, which heals when all edits are made.
        init(number: Int, through port: Int, seed: UInt64) async throws {
            self.number = number
            let proxy = try await FaultProxy(before: port, seed: seed)
            self.proxy = proxy
            var options = options()
            options.connection.clock = ImpatientClock()
            let stream = PatchStream(from: try address(proxy.port), options)
            self.stream = stream
            follower = Task { for try await _ in stream {} }
            var dice = SeededGenerator(seed: seed)
            places = try await withThrowingTaskGroup(of: Int64.self) { group in
                for edit in 0..<FaultScheduleTests.editsEach {
                    let path = try TreePath(parsing: "tree/c\(number)/n\(edit)")
                    group.addTask { try await stream.send(Patch(.add(["by": .integer(number)]), path)).seq.value }
                    // Now and then, the next edit comes only when this one or another was answered.
                    for _ in 0..<Int.random(in: 0...20, using: &dice) { await Task.yield() }
                }
                proxy.heal()
                return try await group.reduce(into: []) { $0.append($1) }
            }
        }

        /// Compares its tree with what a new client sees.
        func compare(_ port: Int) async throws {
            // The answer comes behind all that happened before.
            try await stream.send(Patch(.add([:]), TreePath(parsing: "tree/end/c\(number)")))
            let fresh = PatchStream(from: try address(port), options())
            var updates = fresh.makeAsyncIterator()
            let truth = try await updates.snapshot()
            let tree = stream.tree
            #expect(tree.json(of: tree.root) == truth.json(of: truth.root))
            follower.cancel()
            try await follower.value
            await proxy.stop()
        }
    }
}
