import Testing
import TreenityClient
import TreenityFaults
import TreenityProtocol
import TreenityStore

@Suite("A pool of connections", .timeLimit(.minutes(5)))
struct PatchConnectionPoolTests {
    private let task: JSONValue = ["name": "Landing page"]

    private func pool(_ change: (inout PoolOptions) -> Void = { _ in }) -> PatchConnectionPool {
        var pooling = PoolOptions()
        pooling.streams = options()
        change(&pooling)
        return PatchConnectionPool(pooling)
    }

    @Test("Streams to one server share a socket and its tree, and each gets what it is for")
    func sharing() async throws {
        try await withServer { [task] port in
            let pool = pool()
            let a = pool.stream(from: try address(port), path: "tree/a")
            let b = pool.stream(from: try address(port), path: "tree/b")
            var (updatesOfA, updatesOfB) = (a.makeAsyncIterator(), b.makeAsyncIterator())
            _ = try await (updatesOfA.snapshot(), updatesOfB.snapshot())
            #expect(pool.socketCount == 1)
            try await a.send(Patch(.add(task), "tree/a/1"))
            try await a.send(Patch(.add(task), "tree/b/1"))
            try await a.send(Patch(.add(task), "tree/c/1"))
            try await b.send(Patch(.move(to: "tree/b/2"), "tree/a/1"))
            #expect(try await updatesOfA.decided().path == "tree/a/1")
            #expect(try await updatesOfA.decided().path == "tree/a/1")
            #expect(try await updatesOfB.decided().path == "tree/b/1")
            #expect(try await updatesOfB.decided().path == "tree/a/1")
            #expect(b.tree.json(at: "tree/b/2") == task)
            await pool.shutDown()
            #expect(pool.socketCount == 0)
        }
    }

    @Test("The loss of a socket is made good once for all its streams, from where each was")
    func loss() async throws {
        try await withServer { [task] port in
            let proxy = try await FaultProxy(before: port, seed: 0)
            proxy.heal()
            let pool = pool()
            let other = PatchStream(from: try address(port), options())
            let streams = try ["tree/a", "tree/b", "tree/c"].map {
                pool.stream(from: try address(proxy.port), path: try TreePath(parsing: $0))
            }
            var updates = streams.map { $0.makeAsyncIterator() }
            for place in updates.indices { _ = try await updates[place].snapshot() }
            #expect(proxy.connections == 1)
            proxy.cut()
            for name in ["c", "a", "b"] { try await other.send(Patch(.add(task), TreePath(parsing: "tree/\(name)/1"))) }
            for place in updates.indices {
                #expect(try await updates[place].decided().path.isWithin(streams[place].path))
            }
            #expect(proxy.connections == 2)
            await pool.shutDown()
            await proxy.stop()
        }
    }

    @Test("A wider stream takes the narrower ones in, and a narrower one is served by a wider")
    func nesting() async throws {
        try await withServer { [task] port in
            let pool = pool()
            let narrow = pool.stream(from: try address(port), path: "tree/a")
            var narrowUpdates = narrow.makeAsyncIterator()
            _ = try await narrowUpdates.snapshot()
            try await narrow.send(Patch(.add(task), "tree/a/1"))
            try await narrow.send(Patch(.add(task), "tree/b"))
            let wide = pool.stream(from: try address(port))
            var wideUpdates = wide.makeAsyncIterator()
            #expect(try await wideUpdates.snapshot().nodeCount == 4)
            let late = pool.stream(from: try address(port), path: "tree/b")
            var lateUpdates = late.makeAsyncIterator()
            #expect(try await lateUpdates.snapshot().json(at: "tree/b") == task)
            try await narrow.send(Patch(.add(2), "tree/a/1/rank"))
            #expect(try await wideUpdates.decided().path == "tree/a/1/rank")
            _ = try await narrowUpdates.decided()
            #expect(narrow.tree.json(at: "tree/a/1/rank") == 2)
            await pool.shutDown()
        }
    }

    @Test("A socket has a bounded number of streams")
    func bounded() async throws {
        try await withServer { port in
            let pool = pool { $0.streamsPerSocket = 2 }
            let streams = try (1...5).map { _ in pool.stream(from: try address(port)) }
            #expect(pool.socketCount == 3)
            await pool.shutDown()
            withExtendedLifetime(streams) {}
        }
    }

    @Test("A socket without streams is closed when it has been idle for a while, unless somebody comes back")
    func idle() async throws {
        try await withServer { port in
            let proxy = try await FaultProxy(before: port, seed: 0)
            proxy.heal()
            let pool = pool {
                $0.idleTime = .milliseconds(50)
            }
            for _ in 1...3 {
                var updates = pool.stream(from: try address(proxy.port)).makeAsyncIterator()
                _ = try await updates.snapshot()
            }
            #expect(proxy.connections == 1)
            await proxy.untilIdle()
            #expect(pool.socketCount == 0)
            await proxy.stop()
        }
    }
}
