import Testing

@testable import TreenityUI

@Suite("Keys that the user chooses")
struct KeymapTests {
    private func keymap(_ lines: KeyValuePairs<String, String>) throws -> Keymap {
        Keymap.standard.assigning(
            try lines.flatMap { keys, command in try KeyAssignment.parse(keys: keys, command: command) })
    }

    @Test("every command has a name of its own, of words and hyphens")
    func names() {
        let commands = Keymap.standard.commands
        #expect(Set(commands.map(\.name)).count == Set(commands).count)
        for command in commands {
            #expect(command.name.allSatisfy { $0.isLowercase || $0.isNumber || $0 == "." || $0 == "-" })
            #expect(command.name.contains("."))
        }
        #expect(Command.move(.halfPageDown).name == "move.half-page-down")
        #expect(Command.tree(.foldToDepth(3)).name == "tree.fold-to-depth.3")
    }

    @Test("no key of the standard map hides another one")
    func reachable() {
        let sequences = Keymap.standard.groups.flatMap(\.bindings).flatMap(\.sequences)
        for sequence in sequences {
            #expect(!sequence.isEmpty)
            #expect(sequences.count { $0.starts(with: sequence) } == 1, "\(KeyNotation.text(sequence)) hides others")
        }
    }

    @Test("a key gets another meaning, and the command keeps its other keys")
    func assign() throws {
        let keymap = try keymap(["q": "move.next"])
        #expect(keymap.meaning(of: [.character("q")]) == .command(.move(.next)))
        #expect(keymap.meaning(of: [.character("j")]) == .command(.move(.next)))
        #expect(!keymap.commands.isEmpty && keymap.hint(for: .program(.quit)) == nil)
    }

    @Test("several sequences at once, and the hint shows the chosen one")
    func several() throws {
        let keymap = try keymap(["C-n gj": "move.next"])
        #expect(keymap.meaning(of: [.control("n")]) == .command(.move(.next)))
        #expect(keymap.meaning(of: [.character("g"), .character("j")]) == .command(.move(.next)))
        #expect(keymap.meaning(of: [.character("g")]) == .prefix)
    }

    @Test("“none” takes a key's meaning away") func none() throws {
        #expect(try keymap(["M": "none"]).meaning(of: [.character("M")]) == .nothing)
    }

    @Test("what a shorter sequence hides is gone from the map, and so from the help")
    func prefix() throws {
        let keymap = try keymap(["g": "program.quit"])
        #expect(keymap.meaning(of: [.character("g")]) == .command(.program(.quit)))
        #expect(keymap.continuations(of: [.character("g")]).isEmpty)
    }

    @Test("keys begun are listed after a moment, for which nobody waits where something lies over the panes")
    func begun() {
        var person = Person()
        person.press("g")
        #expect(person.model.wakesAt == person.model.keysListed)
        person.model.dialog = .help(scroll: 0)
        #expect(person.model.wakesAt == nil)
        person.model.dialog = nil
        person.wait(milliseconds: 500)
        #expect(person.model.listsKeys)
        #expect(person.model.wakesAt == nil)
    }

    @Test("the help shows the chosen keys") func help() throws {
        var person = Person(keys: try KeyAssignment.parse(keys: "Q", command: "program.help"))
        person.press("Q")
        #expect(person.screen.contains("Moving"))
    }

    @Test(
        "what is no key is said, with what is allowed",
        arguments: [
            ("PgDown", "PageDown"), ("C-A", "C-a to C-z"), ("A-x", "C-a to C-z"), ("C-i", "Tab"), ("5j", "counts"),
        ])
    func wrongKey(word: String, allowed: String) {
        let error = #expect(throws: KeyError.self) { try KeyAssignment.parse(keys: word, command: "move.next") }
        #expect(error?.description.contains(allowed) == true)
    }

    @Test("what is no command is said, with those of its group") func wrongCommand() {
        let error = #expect(throws: KeyError.self) { try KeyAssignment.parse(keys: "j", command: "move.nxt") }
        #expect(error?.description.contains("move.next, move.open") == true)
        #expect(error?.description.contains("pane.next") == false)
    }
}
