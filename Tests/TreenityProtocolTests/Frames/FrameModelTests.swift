import Testing
import TreenityProtocol
import TreenityTesting

@Suite("Random messages")
struct FrameModelTests {
    /// A patch written with its members in any order, with white space, unknown members and escapes in keys.
    private func written(_ patch: Patch, using generator: inout SeededGenerator) -> String {
        let all = members(of: patch) + unknown(using: &generator)
        let text = all.shuffled(using: &generator).map { key, value in
            RandomJSON.string(key, using: &generator).written + RandomJSON.space(&generator) + ":" + value
                + RandomJSON.space(&generator)
        }
        return "{" + RandomJSON.space(&generator) + text.joined(separator: "," + RandomJSON.space(&generator)) + "}"
    }

    private func members(of patch: Patch) -> [(String, String)] {
        let value = try? JSONValue(parsing: patch.encoded())
        return (value?.members ?? []).map { ($0.key, $0.value.text) }
    }

    private func unknown(using generator: inout SeededGenerator) -> [(String, String)] {
        (0..<Int.random(in: 0...3, using: &generator)).map { number in
            let key = ["Path", "paths ", "\u{0}type", "type\u{0}", "operations", "a-key-of-more-than-sixteen-bytes"]
                .randomElement(using: &generator)
            return ((key ?? "") + "\(number)", RandomJSON(depth: 2, using: &generator).written)
        }
    }

    @Test("However a patch is written, alone or in a list, it is read", arguments: 0..<8 as Range<UInt64>)
    func patches(_ seed: UInt64) throws {
        var generator = SeededGenerator(seed: seed)
        for _ in 0..<Fuzz.rounds(100) {
            let patches = (0..<4).compactMap { _ in FrameSamples.patches.randomElement(using: &generator) }
            let texts = patches.map { written($0, using: &generator) }
            for (patch, text) in zip(patches, texts) { #expect(try decodePatch(text) == patch, "\(text)") }
            let list = "[" + texts.joined(separator: " , ") + "]"
            #expect(ClientFrame.decode(Array(list.utf8)) == patches.map { .success(.patch($0)) })
            #expect(try ServerFrame.decode(Array(list.utf8)) == [.batch(patches)])
            let batches = [#"{"type":"BATCH","patches":\#(list)}"#, #"{ "p\u0061tches" : \#(list) ,"type":"BATCH" } "#]
            for batch in batches {
                #expect(try decodeOne(batch) == .batch(id: nil, patches: patches))
                #expect(try ServerFrame.decode(Array(batch.utf8)) == [.batch(patches)])
            }
        }
    }

    @Test("Properties of a snapshot's nodes are canonical, however they are written", arguments: 0..<4 as Range<UInt64>)
    func snapshots(_ seed: UInt64) throws {
        var generator = SeededGenerator(seed: seed)
        for _ in 0..<Fuzz.rounds(50) {
            let objects = (0..<3).map { _ in RandomJSON.object(depth: 2, using: &generator) }
            let nodes = objects.map { #"{"path":"/a","properties":\#($0.written),"children":3,"timestamp":null}"# }
            let text =
                #"{"nodes":[\#(nodes.joined(separator: ","))],"seq":1,"more":true,"type":"SNAPSHOT","path":"/","id":"s"}"#
            guard case .snapshot(let snapshot)? = try ServerFrame.decode(Array(text.utf8)).first else {
                Issue.record("no snapshot")
                return
            }
            #expect(snapshot.nodes.map(\.properties.text) == objects.map(\.canonical))
            #expect(snapshot.nodes.allSatisfy { $0.path == "tree/a" && $0.children == 3 && $0.timestamp == nil })
        }
    }

    @Test("Of two lists the last counts, and what is no list is refused")
    func lastList() throws {
        let delete = #"{"operation":"DELETE","path":"/a"}"#
        let good = Patch(.delete, "tree/a")
        #expect(
            try decodeOne(#"{"type":"BATCH","patches":[5],"patches":[\#(delete)]}"#) == .batch(id: nil, patches: [good])
        )
        for last in ["5", "null", "{}", "[5]", #"[{"operation":"DELETE"}]"#] {
            let text = #"{"type":"BATCH","patches":[\#(delete)],"patches":\#(last)}"#
            let error = #expect(throws: FrameError.self) { try decodeOne(text) }
            #expect(error?.refusal.code == .invalidPatch)
            #expect(throws: FrameError.self) { try ServerFrame.decode(Array(text.utf8)) }
        }
    }

    @Test("Malformed JSON after a refused element is malformed JSON")
    func malformedAfterRefused() {
        for text in [#"{"type":"BATCH","patches":[{"path":"x"},{"a":01}]}"#, #"[{"path":"x"},{"a":"\ud800"}]"#, "[5,]"]
        {
            let error = #expect(throws: FrameError.self) { try decodeOne(text) }
            #expect(error?.refusal.code == .invalidJSON)
            let thrown = #expect(throws: FrameError.self) { try ServerFrame.decode(Array(text.utf8)) }
            #expect(thrown?.refusal.code == .invalidJSON)
        }
    }
}
