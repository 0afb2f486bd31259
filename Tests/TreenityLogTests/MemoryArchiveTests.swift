import Testing
import TreenityLog
import TreenityProtocol

@Suite struct MemoryArchiveTests {
    private func edit(_ path: TreePath, _ seq: Int64, value: JSONValue = 1) -> ArchivedPatch {
        ArchivedPatch(
            patch: Patch(.edit(value), path, seq: SequenceNumber(seq)), previous: 0,
            received: Timestamp(milliseconds: seq))
    }

    private func seqs(_ page: (patches: [ArchivedPatch], more: Bool)) -> [Int64] {
        page.patches.compactMap { $0.patch.seq?.value }
    }

    @Test("A history comes in pages, newest first")
    func pages() async throws {
        let archive = MemoryArchive()
        try await archive.append((1...3_000).map { edit($0 % 2 == 0 ? "tree/a" : "tree/b", $0) })
        let first = try await archive.history(of: "tree/a", before: nil, limit: 2)
        #expect(seqs(first) == [3_000, 2_998])
        #expect(first.more)
        let last = try await archive.history(of: "tree/a", before: SequenceNumber(6), limit: 2)
        #expect(seqs(last) == [4, 2])
        #expect(!last.more)
    }

    @Test("Patches that come again are left as they are")
    func again() async throws {
        let archive = MemoryArchive()
        try await archive.append([edit("tree/a", 1), edit("tree/a", 2)])
        try await archive.append([edit("tree/a", 2, value: 7), edit("tree/a", 3)])
        #expect(seqs(try await archive.history(of: "tree/a", before: nil, limit: 9)) == [3, 2, 1])
    }

    @Test("The oldest go where there is no room, and the room is used")
    func room() async throws {
        let archive = MemoryArchive(capacity: 1 << 20)
        let value = JSONValue.string(String(repeating: "x", count: 1_000))
        for start in stride(from: 1, to: 5_000, by: 100) {
            try await archive.append((start..<start + 100).map { edit("tree/a", Int64($0), value: value) })
        }
        let kept = seqs(try await archive.history(of: "tree/a", before: nil, limit: 10_000))
        #expect(kept.first == 5_000)
        #expect(700...1_048 ~= kept.count)
        #expect(kept == Array((5_001 - Int64(kept.count)...5_000).reversed()))
    }
}
