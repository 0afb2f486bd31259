import Testing
import TreenityProtocol
import TreenityStore
import TreenityTesting

@testable import TreenitySequencer

/// Several people edit texts that move around, each with more or less knowledge of what the others do.
@Suite struct TextConvergenceTests {
    private struct Play {
        var sequencer: Sequencer
        var follower: Replica
        var model: TextModel
        var random: SeededGenerator
        let now = Timestamp(milliseconds: 1)

        init(seed: UInt64) throws {
            sequencer = try .before(#"{"a":{"t":"abc","u":""},"b":{"t":"xyz","k":{}}}"#)
            follower = sequencer.tree
            model = TextModel(["tree/a/t": "abc", "tree/a/u": "", "tree/b/t": "xyz"])
            random = SeededGenerator(seed: seed)
        }

        mutating func below(_ bound: Int) -> Int { Int.random(in: 0..<bound, using: &random) }

        mutating func edit(of text: String) -> TextEdit {
            let length = text.unicodeScalars.count
            let place = below(length + 1)
            let inserted = ["", "1", "\u{301}é", "👩‍💻"][below(4)]
            return TextEdit([.keep(place), .insert(inserted), .delete(below(min(3, length - place) + 1))])
        }

        /// The edit on the property's path, or nested in the value of a node above it.
        mutating func wrapped(_ value: JSONValue, at path: TreePath) -> Patch {
            let names = path.names
            let depth = below(names.count + 1)
            let nested = names[depth...].reversed().reduce(value) { [($1.text, $0)].object }
            return Patch(.edit(nested), TreePath.root.appending(names[..<depth]))
        }

        @discardableResult
        mutating func propose(_ patch: Patch) throws -> String {
            let verdict = sequencer.admit(patch, from: Sender(), now: now)
            if case .admitted(let admissions, _) = verdict {
                for admission in admissions { _ = try follower.apply(admission.patch, rule: .decided, now: now) }
            }
            return verdict.brief
        }

        mutating func editSomeText() throws {
            let text = below(model.texts.count)
            let base = max(0, model.seq - below(2) * below(15))
            let edit = edit(of: model.texts[text].values[base])
            var patch = wrapped(edit.json, at: model.texts[text].paths[base])
            patch.base = SequenceNumber(Int64(base))
            let verdict = try propose(patch)
            guard let carried = model.carried(edit, of: text, since: base) else {
                #expect(verdict == "stale")
                return
            }
            if carried.isEmpty {
                #expect(verdict == "nothing #\(model.seq)")
            } else {
                #expect(verdict.hasPrefix("EDIT"))
                model.edit(text, by: carried)
            }
        }

        mutating func moveSomething() throws {
            let nodes = sequencer.tree.subtree(of: sequencer.tree.root).dropFirst().map(sequencer.tree.path)
            let places = (nodes + [.root]).map { $0.appending((["t", "u", "k"] as [Name])[below(3)]) }
            let sources = nodes + model.texts.compactMap(\.paths.last)
            let move = Relocation(from: sources[below(sources.count)], to: places[below(places.count)])
            if try propose(Patch(.move(to: move.target), move.source)).hasPrefix("MOVE") { model.move(move) }
        }

        mutating func replaceSomeText() throws {
            let text = below(model.texts.count)
            guard let path = model.texts[text].paths.last else { return }
            let value = ["", "abc", "hello"][below(3)]
            try propose(Patch(.edit(.string(value)), path))
            model.replace(text, by: value)
        }

        func check() {
            for text in model.texts {
                guard let path = text.paths.last, let value = text.values.last else { continue }
                #expect(sequencer.tree.json(at: path) == .string(value))
            }
            #expect(sequencer.seq.value == Int64(model.seq))
            #expect(follower.json(at: .root) == sequencer.tree.json(at: .root))
        }
    }

    @Test(
        "Texts become what the transformed edits in their order make of them, wherever they move",
        arguments: Fuzz.seeds(20))
    func texts(seed: UInt64) throws {
        var play = try Play(seed: seed)
        for _ in 0..<150 {
            switch play.below(12) {
            case 0: try play.replaceSomeText()
            case 1..<4: try play.moveSomething()
            default: try play.editSomeText()
            }
            play.check()
        }
    }
}

extension [(String, JSONValue)] {
    fileprivate var object: JSONValue { .object(map { JSONValue.Member(key: $0.0, value: $0.1) }) }
}
