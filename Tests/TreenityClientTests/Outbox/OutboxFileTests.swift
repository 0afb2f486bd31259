import Glibc
import Testing
import TreenityProtocol
import TreenityTesting

@testable import TreenityClient

@Suite("An outbox in a file", .timeLimit(.minutes(5)))
struct OutboxFileTests {
    private let parent: TemporaryDirectory
    private let directory: String

    init() throws {
        parent = try TemporaryDirectory()
        directory = parent.file("state/server")
    }

    private func name(_ file: String) -> String { "state/server/\(file)" }

    /// What a client does that is killed.
    private func leave(_ records: OutboxRecord...) throws {
        try OutboxFile(in: directory).record(records)
    }

    @Test("survives a client that is killed between an edit and its answer")
    func killed() throws {
        try leave(.edit(edit("a")), .edit(edit("b")), .edit(edit("c")), .settled("b"), .refused("c", refusal))
        let outbox = OutboxFile(in: directory)
        #expect(outbox.contents.unanswered == [edit("a")])
        #expect(outbox.contents.refused == [RefusedOutboxEdit(edit: edit("c"), refusal: refusal)])
        #expect(outbox.problems.isEmpty)
        try outbox.record([.settled("a"), .dropped("c")])
        #expect(outbox.contents.isEmpty)
    }

    @Test("is not there for a client that only looks, nor after one whose edits were all answered")
    func tidy() throws {
        OutboxFile(in: directory).close()
        #expect(try parent.names() == [])
        let outbox = OutboxFile(in: directory)
        try outbox.record([.edit(edit("a"))])
        try outbox.record([.settled("a")])
        outbox.close()
        #expect(try parent.names() == ["state"])
        #expect(access(parent.file(name("1.jsonl")), F_OK) != 0)
    }

    @Test("stays where something is not answered when the client ends")
    func unfinished() throws {
        let outbox = OutboxFile(in: directory)
        try outbox.record([.edit(edit("a"))])
        outbox.close()
        #expect(OutboxFile(in: directory).contents.unanswered == [edit("a")])
    }

    @Test("is for this user only")
    func modes() throws {
        try leave(.edit(edit("a")))
        #expect(try parent.mode("state") == 0o700)
        #expect(try parent.mode("state/server") == 0o700)
        #expect(try parent.mode(name("1.jsonl")) == 0o600)
    }

    @Test("is each client's own while it runs, and the next one's afterwards")
    func twoClients() throws {
        do {
            let first = OutboxFile(in: directory)
            try first.record([.edit(edit("a"))])
            let second = OutboxFile(in: directory)
            #expect(second.contents.isEmpty)
            try second.record([.edit(edit("b"))])
            // Written anew, the first's is still its own.
            try first.record([.settled("a"), .edit(edit("c"))])
            #expect(OutboxFile(in: directory).contents.isEmpty)
            second.close()
            #expect(OutboxFile(in: directory).contents.unanswered == [edit("b")])
        }
        let last = OutboxFile(in: directory)
        #expect(Set(last.contents.unanswered) == [edit("b"), edit("c")])
    }

    @Test("stays its client's own when it is made smaller")
    func compaction() throws {
        let outbox = OutboxFile(in: directory)
        let long = JSONValue.string(String(repeating: "x", count: OutboxMachine.smallSize))
        try outbox.record([.edit(edit("a")), .edit(edit("b", long))])
        try outbox.record([.edit(edit("c", long))])
        try outbox.record([.settled("b"), .settled("c")])
        #expect(try parent.read(name("1.jsonl")).count > OutboxMachine.smallSize)
        for number in 0..<3 { try outbox.record([.edit(edit("\(number)", long)), .settled("\(number)")]) }
        #expect(try parent.read(name("1.jsonl")) == OutboxRecord.edit(edit("a")).line)
        #expect(OutboxFile(in: directory).contents.isEmpty)
        #expect(try TemporaryDirectory.names(in: directory) == ["1.jsonl"])
    }

    @Test("takes up all that clients left which were killed together")
    func adoptsAll() throws {
        do {
            let clients = (0..<3).map { _ in OutboxFile(in: directory) }
            for (number, client) in clients.enumerated() {
                try client.record([.edit(edit("\(number)a")), .edit(edit("\(number)b"))])
            }
        }
        let outbox = OutboxFile(in: directory)
        #expect(outbox.contents.unanswered.map(\.id) == ["0a", "0b", "1a", "1b", "2a", "2b"])
        #expect(try TemporaryDirectory.names(in: directory) == ["1.jsonl"])
        #expect(OutboxFile(in: directory).contents.isEmpty)
    }

    @Test("goes on behind the last record that was written whole")
    func torn() throws {
        try leave(.edit(edit("a")))
        let whole = try parent.read(name("1.jsonl"))
        for count in stride(from: 1, to: OutboxRecord.edit(edit("b")).line.count, by: 20) {
            try parent.write(whole + OutboxRecord.edit(edit("b")).line.prefix(count), to: name("1.jsonl"))
            let outbox = OutboxFile(in: directory)
            #expect(outbox.contents.unanswered == [edit("a")])
            #expect(outbox.problems.isEmpty)
            #expect(try parent.read(name("1.jsonl")) == whole)
        }
    }

    @Test("keeps what cannot be read, and says so")
    func damaged() throws {
        try leave(.edit(edit("a")), .edit(edit("b")))
        let whole = try parent.read(name("1.jsonl"))
        try parent.write(Array("garbage\n".utf8) + whole, to: name("1.jsonl"))
        let path = parent.file(name("1.jsonl"))
        let outbox = OutboxFile(in: directory)
        #expect(outbox.contents.unanswered == [edit("a"), edit("b")])
        #expect(
            outbox.problems == [
                "a line of \(path) cannot be read and is kept in \(path).damaged: an edit of an earlier run may not have "
                    + "been sent"
            ])
        #expect(try parent.read(name("1.jsonl.damaged")) == Array("garbage\n".utf8))
        #expect(try parent.read(name("1.jsonl")) == whole)
    }

    @Test("of a newer version is left as it is, and said")
    func newer() throws {
        try leave(.edit(edit("a")))
        let bytes = Array("{\"v\":2,\"new\":1}\n".utf8)
        try parent.write(bytes, to: name("1.jsonl"))
        let outbox = OutboxFile(in: directory)
        #expect(outbox.problems.first?.contains("newer treenity") == true)
        try outbox.record([.edit(edit("b"))])
        #expect(try parent.read(name("1.jsonl")) == bytes)
        #expect(try parent.read(name("2.jsonl")) == OutboxRecord.edit(edit("b")).line)
    }

    @Test("is not kept from being written by what an earlier attempt left")
    func leftovers() throws {
        try leave(.edit(edit("a")))
        try parent.write(Array("half".utf8), to: name("1.jsonl.new"))
        try parent.write(try parent.read(name("1.jsonl")) + Array("torn".utf8), to: name("1.jsonl"))
        #expect(OutboxFile(in: directory).contents.unanswered == [edit("a")])
        #expect(try TemporaryDirectory.names(in: directory) == ["1.jsonl"])
    }

    @Test("takes 10,000 edits and their answers in no time")
    func many() throws {
        let outbox = OutboxFile(in: directory)
        for hundred in 0..<100 {
            let ids = (0..<100).map { "\(hundred)-\($0)" }
            try outbox.record(ids.map { .edit(edit($0)) })
        }
        #expect(OutboxReplay(try parent.read(name("1.jsonl"))).contents.unanswered.count == 10_000)
        for edits in outbox.contents.unanswered.chunked(by: 100) { try outbox.record(edits.map { .settled($0.id) }) }
        #expect(outbox.contents.isEmpty)
    }
}

// MARK: Disks that fail

extension OutboxFileTests {
    @Test("says that the disk is full, knows the edit all the same, and writes it when there is room")
    func fullDisk() throws {
        let disk = SmallDisk(room: 300)
        do {
            let outbox = OutboxFile(in: directory, disk.calls)
            try outbox.record([.edit(edit("a"))])
            let long = edit("b", .string(String(repeating: "x", count: 400)))
            let error = #expect(throws: OutboxError.self) { try outbox.record([.edit(long)]) }
            #expect(error?.isLackOfRoom == true)
            #expect(
                error?.description
                    == "unsent edits would not survive a crash: there is no room left at "
                    + "\(parent.file(name("1.jsonl"))): make some")
            #expect(outbox.contents.unanswered == [edit("a"), long])
            disk.enlarge(by: 10_000)
            try outbox.record([.edit(edit("c"))])
        }
        #expect(OutboxFile(in: directory).contents.unanswered.map(\.id) == ["a", "b", "c"])
    }

    @Test("keeps what it had, wherever the disk becomes full")
    func fullDiskEverywhere() throws {
        for room in stride(from: 0, to: 700, by: 13) {
            let directory = parent.file("\(room)")
            do {
                let outbox = OutboxFile(in: directory, SmallDisk(room: room).calls)
                var kept: [String] = []
                for id in ["a", "b", "c"] {
                    do { try outbox.record([.edit(edit(id))]) } catch { break }
                    kept.append(id)
                }
                try? outbox.record([])
                #expect(outbox.contents.unanswered.map(\.id).starts(with: kept))
            }
            let outbox = OutboxFile(in: directory)
            #expect(outbox.problems.isEmpty)
            let lines = OutboxRecord.edit(edit("a")).line.count
            #expect(outbox.contents.unanswered.count >= min(3, room / lines))
        }
    }

    @Test("says that the disk gives an error")
    func badDisk() throws {
        var calls = DiskCalls()
        calls.sync = { _ in
            errno = EIO
            return -1
        }
        let outbox = OutboxFile(in: directory, calls)
        let error = #expect(throws: OutboxError.self) { try outbox.record([.edit(edit("a"))]) }
        #expect(error?.description.hasSuffix("input/output error") == true)
        #expect(error?.isLackOfRoom == false)
    }

    @Test("that cannot be made is no error before there is something to keep")
    func noFolder() throws {
        try parent.write([], to: "file")
        let outbox = OutboxFile(in: parent.file("file/server"))
        #expect(outbox.problems.first?.hasPrefix("edits of earlier runs cannot be read: a part of ") == true)
        let error = #expect(throws: OutboxError.self) { try outbox.record([.edit(edit("a"))]) }
        #expect(error?.description.contains("is no folder") == true)
    }

    @Test("opens over files of any kind")
    func anyFiles() throws {
        var randomness = SeededGenerator(seed: 9)
        let bytes = [OutboxRecord.edit(edit("a")), .edit(edit("b")), .refused("a", refusal)].flatMap(\.line)
        for number in 0..<40 {
            var changed = bytes
            for _ in 0..<3 {
                changed[Int.random(in: changed.indices, using: &randomness)] = .random(in: 0...255, using: &randomness)
            }
            let directory = parent.file("\(number)")
            _ = mkdir(directory, 0o700)
            try parent.write(changed, to: "\(number)/1.jsonl")
            try OutboxFile(in: directory).record([.edit(edit("z"))])
            #expect(OutboxFile(in: directory).contents.unanswered.last == edit("z"))
        }
    }
}

extension Array {
    fileprivate func chunked(by count: Int) -> [ArraySlice<Element>] {
        stride(from: 0, to: self.count, by: count).map { self[$0..<Swift.min($0 + count, self.count)] }
    }
}
