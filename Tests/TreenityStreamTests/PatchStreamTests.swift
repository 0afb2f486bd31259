import Testing
import TreenityClient
import TreenityFaults
import TreenityProtocol
import TreenityServer
import TreenityStore

@Suite("A stream of patches", .timeLimit(.minutes(5)))
struct PatchStreamTests {
    private let task: JSONValue = ["name": "Landing page", "status": "assigned"]

    @Test("It begins with the tree, tells each change, and answers each edit")
    func edits() async throws {
        try await withServer { [task] port in
            let stream = PatchStream(from: try address(port), options())
            var updates = stream.makeAsyncIterator()
            #expect(try await updates.snapshot().nodeCount == 1)
            let added = try await stream.send(Patch(.add(task), "tree/tasks/101"))
            #expect(added.seq == SequenceNumber(1))
            #expect(try await updates.decided().path == "tree/tasks/101")
            let edited = try await stream.send(Patch(.edit("done"), "tree/tasks/101/status"))
            #expect(edited.seq == SequenceNumber(2))
            #expect(stream.tree.json(at: "tree/tasks/101/status") == "done")
        }
    }

    @Test("An edit is seen before the server has answered, and its refusal undoes it")
    func refusal() async throws {
        try await withServer { [task] port in
            let stream = PatchStream(from: try address(port), options())
            let other = PatchStream(from: try address(port), options())
            var updates = stream.makeAsyncIterator()
            _ = try await updates.snapshot()
            try await other.send(Patch(.add(task), "tree/a"))
            #expect(try await updates.decided().path == "tree/a")
            await #expect(throws: Refusal.self) { try await stream.send(Patch(.add(task), "tree/a")) }
            await #expect(throws: Refusal.self) { try await stream.send(Patch(.delete, "tree/nothing")) }
            #expect(stream.tree.nodeCount == 2)
        }
    }

    @Test("A batch is taken as a whole or not at all")
    func batches() async throws {
        try await withServer { [task] port in
            let stream = PatchStream(from: try address(port), options())
            var updates = stream.makeAsyncIterator()
            _ = try await updates.snapshot()
            let answer = try await stream.send(batch: [Patch(.add(task), "tree/a"), Patch(.add(task), "tree/b")])
            #expect(answer.seq == SequenceNumber(2))
            await #expect(throws: Refusal.self) {
                try await stream.send(batch: [Patch(.delete, "tree/a"), Patch(.delete, "tree/c")])
            }
            #expect(stream.tree.node(at: "tree/a") != nil)
        }
    }

    @Test("Actions, history and search are answered")
    func questions() async throws {
        try await withServer { [task] port in
            let stream = PatchStream(from: try address(port), options())
            try await stream.send(Patch(.add(task), "tree/a"))
            try await stream.send(Patch(.edit("done"), "tree/a/status"))
            #expect(try await stream.execute("tree/a/@echo", 5) == 5)
            let page = try await stream.history(of: "tree/a/status")
            #expect(page.patches.first?.previous == "assigned")
            #expect(try await stream.find("landing").paths == ["tree/a"])
            await #expect(throws: Refusal.self) { try await stream.execute("tree/a/none") }
        }
    }

    @Test("Several consumers each get everything, from the tree on")
    func consumers() async throws {
        try await withServer { [task] port in
            let stream = PatchStream(from: try address(port), options())
            var one = stream.makeAsyncIterator()
            _ = try await one.snapshot()
            try await stream.send(Patch(.add(task), "tree/a"))
            var other = stream.makeAsyncIterator()
            #expect(try await other.snapshot().nodeCount == 2)
            try await stream.send(Patch(.add(task), "tree/b"))
            #expect(try await other.decided().path == "tree/b")
            #expect(try await one.decided().path == "tree/a")
            #expect(try await one.decided().path == "tree/b")
        }
    }

    @Test("Who waits for an answer instead of taking what comes gets it, however much stands before it")
    func answerBehindMuch() async throws {
        try await withServer { [task] port in
            let stream = PatchStream(from: try address(port), options())
            var updates = stream.makeAsyncIterator()
            _ = try await updates.snapshot()
            let other = PatchStream(from: try address(port), options())
            try await other.send(Patch(.add(task), "tree/a"))
            for _ in 0..<17 {
                let patches = (0..<1_000).map { Patch(.edit(.integer($0)), "tree/a/status") }
                try await other.send(batch: patches)
            }
            #expect(try await stream.send(Patch(.add(task), "tree/b")).seq == SequenceNumber(17_002))
            var count = 0
            while try await updates.decided().path != "tree/b" { count += 1 }
            #expect(count == 17_001)
        }
    }

    @Test("After a loss of the connection what was missed comes, not the tree")
    func resumes() async throws {
        try await withServer { [task] port in
            let proxy = try await FaultProxy(before: port, seed: 0)
            proxy.heal()
            let stream = PatchStream(from: try address(proxy.port), options())
            var updates = stream.makeAsyncIterator()
            _ = try await updates.snapshot()
            let other = PatchStream(from: try address(port), options())
            for number in 1...3 {
                proxy.cut()
                try await other.send(Patch(.add(task), TreePath(parsing: "tree/n\(number)")))
                guard case .changed(let change)? = try await updates.content() else {
                    Issue.record("the tree came anew")
                    return
                }
                #expect(change.patch.path.text == "tree/n\(number)")
            }
            await proxy.stop()
        }
    }

    @Test("What is edited without a connection is seen at once, and goes out in order over the next one")
    func offline() async throws {
        let durable = Durable()
        let proxy = try await withServer(on: durable) { port in
            let proxy = try await FaultProxy(before: port, seed: 0)
            proxy.heal()
            return proxy
        }
        defer { Task { await proxy.stop() } }
        let stream = PatchStream(from: try address(proxy.port), options())
        var updates = stream.makeAsyncIterator()
        try await withServer(on: durable) { port in
            proxy.lead(to: port)
            _ = try await updates.snapshot()
        }
        proxy.lead(to: nil)
        async let added = stream.send(Patch(.add(task), "tree/a"))
        guard case .changed(let change)? = try await updates.content() else {
            Issue.record("the edit is not seen")
            return
        }
        #expect(change.patch.path == "tree/a" && change.patch.seq == nil)
        async let edited = stream.send(Patch(.edit("done"), "tree/a/status"))
        _ = try await updates.content()
        try await withServer(on: durable) { port in
            proxy.lead(to: port)
            stream.reconnectNow()
            let paths = try await [updates.decided().path, updates.decided().path]
            #expect(paths == ["tree/a", "tree/a/status"])
        }
        let places = try await [added.seq, edited.seq]
        #expect(places == [SequenceNumber(1), SequenceNumber(2)])
    }

    @Test("A part of the tree that was not loaded can be loaded, and stays true")
    func loads() async throws {
        try await withServer { [task] port in
            let other = PatchStream(from: try address(port), options())
            try await other.send(Patch(.add(task), "tree/a/b/c"))
            let stream = PatchStream(from: try address(port), depth: 1, options())
            var updates = stream.makeAsyncIterator()
            let tree = try await updates.snapshot()
            #expect(tree.nodeCount == 2)
            try await stream.load("tree/a", depth: 2)
            #expect(stream.tree.json(at: "tree/a/b/c") == task)
            try await other.send(Patch(.edit("done"), "tree/a/b/c/status"))
            _ = try await updates.decided()
            #expect(stream.tree.json(at: "tree/a/b/c/status") == "done")
        }
    }

    @Test("Who stops following closes the socket")
    func cancellation() async throws {
        try await withServer { port in
            let proxy = try await FaultProxy(before: port, seed: 0)
            proxy.heal()
            let following = Task {
                let stream = PatchStream(from: try address(proxy.port), options())
                for try await update in stream {
                    if case .snapshot = update { break }
                }
            }
            try await following.value
            await proxy.untilIdle()
            await proxy.stop()
        }
    }

    @Test("Where there is no hope, the stream and all that waits end with the reason")
    func ended() async throws {
        var options = options()
        options.connection.encryption.authorities = "/no/such/file"
        let stream = try PatchStream("wss://127.0.0.1:9", options)
        await #expect(throws: StreamError.self) { for try await _ in stream {} }
        await #expect(throws: StreamError.self) { try await stream.send(Patch(.delete, "tree/a")) }
        #expect(throws: ServerAddressError.self) { try PatchStream("ftp://nowhere") }
    }
}
