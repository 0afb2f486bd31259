import Testing
import TreenityLog
import TreenityProtocol
import TreenitySequencer

@Suite struct EntryCodingTests {
    private static let sender = Sender(
        user: "an\"n\u{2028}", session: "s1", rights: Rights(read: ["tree/a"], write: [], execute: ["tree/b~1c"]))
    private static let patch = Patch(
        .edit(["t": ["$text": [1, "x\ny"]]]), "tree/caf\u{E9}", timestamp: Timestamp(milliseconds: 5),
        meta: ["user": "x"], id: "i", base: SequenceNumber(4))

    @Test(
        "An entry is the same after it was written and read",
        arguments: [
            LogEntry(
                .proposal(.patch(patch)), from: sender, received: Timestamp(milliseconds: 7),
                ticket: Ticket(server: .max, number: 9)),
            LogEntry(
                .proposal(.batch(id: nil, [patch, Patch(.delete, "tree/x")])), from: Sender(),
                received: Timestamp(milliseconds: -7)),
            LogEntry(.proposal(.batch(id: "b", [])), from: Sender(), received: Timestamp(milliseconds: 0)),
            LogEntry(
                .proposal(.patch(Patch(.execute(nil), "tree/run"))), from: Sender(),
                received: Timestamp(milliseconds: 0)),
            LogEntry(
                .proposal(.patch(Patch(.move(to: "tree/y"), "tree/x"))), from: Sender(user: "u"),
                received: Timestamp(milliseconds: 0)),
            LogEntry(
                .completion(Completion(id: "x", user: "ann", outcome: .success(.init(value: [1], patches: [patch])))),
                from: sender, received: Timestamp(milliseconds: 1)),
            LogEntry(
                .completion(
                    Completion(
                        id: nil, user: "", outcome: .failure(Refusal(.actionFailed, "no \"way\"", path: "tree/run")))),
                from: Sender(), received: Timestamp(milliseconds: 1)),
        ])
    func roundTrip(entry: LogEntry) throws {
        let bytes = entry.encoded
        #expect(bytes.count { $0 == UInt8(ascii: "\n") } == 1)
        #expect(try LogEntry(decoding: bytes[...]) == entry)
    }

    @Test("Anything else is damage", arguments: ["", "[]\n{}", "[1,null,null,null,null,null]", "[1,2]\n{", "x\ny"])
    func nonsense(text: String) {
        let error = #expect(throws: LogFailure.self) { try LogEntry(decoding: Array(text.utf8)[...]) }
        #expect(error?.isDamage == true)
    }

    @Test("An archived patch is the same after it was written and read")
    func archived() throws {
        let patch = Patch(.delete, "tree/x", timestamp: Timestamp(milliseconds: 5), seq: SequenceNumber(3))
        let archived = ArchivedPatch(patch: patch, previous: ["a": 1], received: Timestamp(milliseconds: 6))
        #expect(try ArchivedPatch(decoding: archived.encoded, received: archived.received) == archived)
    }
}
