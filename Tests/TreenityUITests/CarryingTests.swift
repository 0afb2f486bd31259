import Testing
import TreenityProtocol

@testable import TreenityUI

@Suite("Copy and paste (§3)")
struct CarryingTests {
    @Test("Where the node under the cursor was deleted, there is nothing to cut")
    func cutGhost() {
        var person = Person(start: "tree/spaces/marketing/tasks/10")
        person.receive(.delete, "tree/spaces/marketing/tasks/10")
        person.wait(milliseconds: 1_000)
        person.press("x")
        #expect(person.row(with: "deleted by ann") != nil)
        #expect(person.row(with: "pastes below") == nil)
    }

    @Test("yy copies the subtree, p adds it below the cursor under a free name")
    func copy() {
        var person = Person(start: "tree/spaces/marketing/tasks/101")
        person.wait(milliseconds: 1_000)
        person.press("yy")
        let node: JSONValue = ["name": "Campaign Planning", "status": "assigned", "tags": ["q4", "launch"]]
        let effects = person.takeEffects()
        #expect(effects.contains(.terminal(.copy(node.text))))
        #expect(
            effects.contains {
                if case .state(.keepRegister(let kept)) = $0 { kept.items[0].value == node } else { false }
            })
        person.press("P")
        #expect(person.takeEffects() == [.state(.readRegister)])
        person.happen(.kept(.register(nil)))
        let sent = person.takeSent()
        #expect(sent.map(\.path) == ["tree/spaces/marketing/tasks/101-2"])
        #expect(sent.map(\.operation) == [.add(node)])
        #expect(person.row(with: "pasted as tree/spaces/marketing/tasks/101-2") != nil)
        #expect(person.cursorPath == "tree/spaces/marketing/tasks/101-2")
        person.press("P")
        person.happen(.kept(.register(nil)))
        #expect(person.takeSent().map(\.path) == ["tree/spaces/marketing/tasks/101-3"])
    }

    @Test("What was copied before another server can be pasted")
    func otherServer() throws {
        var first = Person(start: "tree/spaces/sales")
        first.wait(milliseconds: 1_000)
        first.press("yy")
        let kept = first.takeEffects().compactMap { effect -> Clipping? in
            if case .state(.keepRegister(let clipping)) = effect { clipping } else { nil }
        }
        let json = try #require(kept.first?.json)
        let clipping = try #require(Clipping(json))
        var other = Person(tree: ["a": [:]], start: "tree/a")
        other.wait(milliseconds: 1_000)
        other.press("p")
        other.happen(.kept(.register(clipping)))
        #expect(other.takeSent().map(\.operation) == [.add(["orders": ["15": ["total": 120]]])])
        #expect(other.cursorPath == "tree/a/sales")
    }

    @Test("With nothing copied, p says so")
    func nothing() {
        var person = Person()
        person.wait(milliseconds: 1_000)
        person.press("p")
        person.happen(.kept(.register(nil)))
        #expect(person.row(with: "nothing is cut or copied") != nil)
        #expect(person.takeSent().isEmpty)
    }

    @Test("yv yp yk ys hand value, path, key and node to the terminal's clipboard, and say what")
    func pieces() {
        var person = Person(start: "tree/spaces/marketing/tasks/101")
        for (keys, text) in [
            ("yv", "Campaign Planning"), ("yp", "tree/spaces/marketing/tasks/101"), ("yk", "101"),
            ("ys", #"{"name":"Campaign Planning","status":"assigned","tags":["q4","launch"]}"#),
        ] {
            person.press(keys)
            #expect(person.takeEffects().contains(.terminal(.copy(text))))
        }
        person.press("<Tab>jyv")
        #expect(person.takeEffects().contains(.terminal(.copy("assigned"))))
        person.press("yk")
        #expect(person.takeEffects().contains(.terminal(.copy("status"))))
        #expect(person.row(with: "copied name (6 bytes): status") != nil)
    }

    @Test("The preview shows controls as signs, and the user is warned of them")
    func hostile() {
        var person = Person(tree: ["a": ["name": "x\u{1B}[2J"]], start: "tree/a")
        person.press("yv")
        #expect(person.row(with: "with control characters: mind where you paste it): x␛[2J") != nil)
    }

    @Test("More than terminals take is not handed over, which is said; p pastes it all the same")
    func large() {
        let text = JSONValue.string(String(repeating: "x", count: 80_000))
        var person = Person(columns: 140, tree: ["a": ["text": text]], start: "tree/a")
        person.wait(milliseconds: 1_000)
        person.press("yy")
        let effects = person.takeEffects()
        #expect(!effects.contains { if case .terminal(.copy) = $0 { true } else { false } })
        #expect(effects.contains { if case .state(.keepRegister) = $0 { true } else { false } })
        #expect(person.row(with: "terminals take no more than 74,994 into the clipboard") != nil)
    }
}

@Suite("Actions (§3: X)")
struct ExecutionTests {
    private func asked(_ argument: String) -> Person {
        var person = Person(start: "tree/spaces/sales")
        person.wait(milliseconds: 1_000)
        person.press("X\(argument)")
        return person
    }

    @Test("X asks for arguments as JSON, nothing being none")
    func none() {
        var person = asked("")
        #expect(person.row(with: "run tree/spaces/sales: ")?.contains("arguments as JSON, or nothing") == true)
        person.press("<Enter>")
        #expect(person.takeSent().map(\.operation) == [.execute(nil)])
    }

    @Test("Arguments are looked at while they are typed; what is no JSON is not sent")
    func wrong() {
        var person = asked("{\"n\":")
        #expect(person.row(with: "no JSON: ") != nil)
        person.press("<Enter>")
        #expect(person.takeSent().isEmpty)
        person.press("1}<Enter>")
        #expect(person.takeSent().map(\.operation) == [.execute(["n": 1])])
    }

    @Test("What the action gave is shown, can be copied, and is closed by Esc")
    func result() {
        var person = asked("<Enter>")
        let sent = person.takeSent()
        person.happen(.connection(.result(id: sent[0].id ?? "", ["printed": 3, "pages": [1, []]])))
        #expect(person.row(with: "\"printed\": 3,") != nil)
        #expect(person.row(with: "pending") == nil)
        person.press("y")
        #expect(person.takeEffects().contains(.terminal(.copy(#"{"printed":3,"pages":[1,[]]}"#))))
        person.press("<Esc>")
        #expect(person.row(with: "printed\": 3") == nil)
    }

    @Test("Why an action failed is shown, also where its patch has come already")
    func failure() {
        var person = asked("<Enter>")
        let sent = person.takeSent()
        person.receiveOwn(sent[0])
        person.refuse(sent[0], .actionFailed, "no paper")
        #expect(person.row(with: "action-failed") != nil)
        #expect(person.row(with: "no paper") != nil)
        #expect(person.row(with: "1 refused") == nil)
        #expect(person.takeEffects().contains(.network(.drop(id: sent[0].id ?? ""))))
    }

    @Test("A result does not come in between when something is typed")
    func patience() {
        var person = asked("<Enter>")
        let sent = person.takeSent()
        person.press("a")
        person.happen(.connection(.result(id: sent[0].id ?? "", "done")))
        person.press("y")
        #expect(person.row(with: "add to sales: y") != nil)
        person.press("<Esc>")
        #expect(person.row(with: "Esc close, y copy") != nil)
    }
}
