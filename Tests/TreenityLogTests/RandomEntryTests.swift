import Testing
import TreenityLog
import TreenityProtocol
import TreenitySequencer
import TreenityTesting

@Suite struct RandomEntryTests {
    private struct Source {
        var random: SeededGenerator

        mutating func below(_ bound: Int) -> Int { Int.random(in: 0..<bound, using: &random) }

        mutating func maybe<Value>(_ value: (inout Source) -> Value) -> Value? { below(3) == 0 ? nil : value(&self) }

        mutating func text() -> String {
            let pieces = ["a", "\"", "\\", "\n", "ä", "💡", "\u{7F}", ",", "]", "{", "null"]
            return (0..<below(6)).map { _ in pieces[below(pieces.count)] }.joined()
        }

        mutating func integer() -> Int64 {
            below(4) == 0 ? .random(in: .min ... .max, using: &random) : Int64(below(99))
        }

        mutating func path() -> TreePath {
            let names: [Name] = ["a", "\"", "~/", "ü"]
            return (0..<below(4)).reduce(.root) { path, _ in path.appending(names[below(names.count)]) }
        }

        mutating func patch() -> Patch {
            let operation: Patch.Operation =
                switch below(5) {
                case 0: .add(["k": .string(text())])
                case 1: .edit([.string(text()), .integer(integer()), .null])
                case 2: .delete
                case 3: .move(to: path())
                default: .execute(maybe { .string($0.text()) })
                }
            return Patch(
                operation, path(), timestamp: maybe { Timestamp(milliseconds: $0.integer()) },
                meta: maybe { ["user": .string($0.text())] }, id: maybe { $0.text() },
                base: maybe { SequenceNumber(Int64($0.below(99))) })
        }

        mutating func refusal() -> Refusal {
            Refusal(.actionFailed, text(), path: maybe { $0.path() }, index: maybe { $0.below(9) })
        }

        mutating func content() -> LogEntry.Content {
            let patches = (0..<below(3)).map { _ in patch() }
            switch below(5) {
            case 0: return .proposal(.batch(id: maybe { $0.text() }, patches))
            case 1:
                let outcome = Completion.Yield(value: .string(text()), patches: patches)
                return .completion(Completion(id: maybe { $0.text() }, user: text(), outcome: .success(outcome)))
            case 2:
                return .completion(Completion(id: nil, user: text(), outcome: .failure(refusal())))
            default: return .proposal(.patch(patch()))
            }
        }

        mutating func entry() -> LogEntry {
            let rights = maybe { Rights(read: [$0.path()], write: [], execute: [$0.path(), $0.path()]) }
            return LogEntry(
                content(),
                from: Sender(user: maybe { $0.text() }, session: maybe { $0.text() }, rights: rights ?? .all),
                received: Timestamp(milliseconds: integer()),
                ticket: maybe {
                    Ticket(server: UInt64(bitPattern: $0.integer()), number: UInt64(bitPattern: $0.integer()))
                })
        }
    }

    @Test("Any entry is the same after it was written and read", arguments: 0..<20 as Range<UInt64>)
    func roundTrip(seed: UInt64) throws {
        var source = Source(random: SeededGenerator(seed: seed))
        for _ in 0..<200 {
            let entry = source.entry()
            let bytes = entry.encoded
            #expect(bytes.count { $0 == UInt8(ascii: "\n") } == 1)
            #expect(try LogEntry(decoding: bytes[...]) == entry)
        }
    }

    @Test("What was changed or cut off is damage or another entry, never a crash", arguments: 0..<20 as Range<UInt64>)
    func damage(seed: UInt64) {
        var source = Source(random: SeededGenerator(seed: seed))
        for _ in 0..<200 {
            var bytes = source.entry().encoded
            if source.below(2) == 0 {
                bytes[source.below(bytes.count)] = UInt8(source.below(256))
            } else {
                bytes.removeLast(1 + source.below(bytes.count))
            }
            let padded = [0] + bytes
            do {
                _ = try LogEntry(decoding: padded[1...])
            } catch {
                #expect(error.isDamage)
            }
        }
    }
}
