import Testing
import TreenityProtocol
import TreenityStore

@testable import TreenityUI

@Suite("Finding")
struct SearchTests {
    @Test("the search goes on with every key and opens folds on the way")
    func incremental() {
        var person = Person()
        person.press("/fly")
        #expect(person.cursorPath == "tree/spaces/marketing/tasks/10")
        #expect(person.row(with: "search: fly")?.contains("1/1") == true)
        person.press("<Enter>")
        #expect(person.cursorPath == "tree/spaces/marketing/tasks/10")
    }

    @Test("n and N go round the matches")
    func repetition() {
        var person = Person()
        person.press("/status<Enter>")
        #expect(person.cursorPath == "tree/spaces/marketing/tasks/9")
        person.press("nn")
        #expect(person.cursorPath == "tree/spaces/marketing/tasks/101")
        person.press("n")
        #expect(person.cursorPath == "tree/spaces/marketing/tasks/9")
        person.press("N")
        #expect(person.cursorPath == "tree/spaces/marketing/tasks/101")
    }

    @Test("capitals matter where there are some")
    func smartCase() {
        #expect(SearchPattern("camp").matches("Campaign"))
        #expect(SearchPattern("Camp").matches("Campaign"))
        #expect(!SearchPattern("cAMP").matches("Campaign"))
        #expect(SearchPattern("日本").matches("東日本"))
    }

    @Test("Esc returns to where the search began")
    func escape() {
        var person = Person()
        person.press("/fly<Esc>")
        #expect(person.cursorPath == "tree")
    }

    @Test("matches are counted, n says which one it is, and * goes through nodes with the same property")
    func counts() {
        var person = Person(start: "tree/spaces/marketing/tasks/9")
        person.press("/a")
        #expect(person.row(with: "search: a")?.contains("6/10") == true)
        person.press("<Esc><Tab>")
        person.press("jj*")
        #expect(person.row(with: "2/3 for “status”") != nil)
    }

    @Test("a leading slash makes it a regular expression, and what is wrong with one is said with its place")
    func regular() {
        var person = Person()
        person.press("//^(camp|fly)")
        #expect(person.row(with: "regular expression")?.contains("1/3") == true)
        person.press("(")
        #expect(person.row(with: "“(” without “)” at character 13") != nil)
        person.press("<Backspace><C-r>")
        #expect(person.row(with: "search: ^(camp|fly)")?.contains("no match") == true)
        person.press("<C-u>total<C-r><Enter>")
        #expect(person.cursorPath == "tree/spaces/sales/orders/15")
    }

    @Test("Up and Down bring back the searches before")
    func history() {
        var person = Person()
        person.press("/fly<Enter>/slogan<Enter>/<Up><Up>")
        #expect(person.row(with: "search: fly") != nil)
        person.press("<Down><Enter>")
        #expect(person.cursorPath == "tree/spaces/marketing/tasks/9")
    }

    @Test("Esc puts back the folds that the search opened")
    func escapeFolds() {
        var person = Person()
        let before = person.screen
        person.press("/orders<Esc>")
        #expect(person.screen == before)
    }

    @Test("what comes, changes, moves and goes meanwhile is counted, too", arguments: [1, 2, 3, 4] as [UInt64])
    func liveCounts(seed: UInt64) {
        var random = FuzzRandom(seed)
        var person = Person(tree: ["a": ["b": ["x1": [:]]], "c": [:]])
        person.press("/x<Enter>")
        let names: [Name] = ["a", "b", "c", "x1", "x2", "y"]
        for _ in 0..<400 {
            func path() -> TreePath {
                var path = TreePath.root
                for _ in 0...random.number(below: 4) { path = path.appending(random.element(of: names)) }
                return path
            }
            switch random.number(below: 5) {
            case 0: person.receive(.add(["x1": ["b": [:]], "note": "x"]), path())
            case 1: person.receive(.edit(["note": .string(random.number(below: 2) == 0 ? "x" : "-")]), path())
            case 2: person.receive(.delete, path())
            default: person.receive(.move(to: path()), path())
            }
            let tree = person.model.tree
            guard let scan = person.model.outline.search else { return }
            var fresh = NodeScan(scan.criterion)
            while !fresh.isComplete { fresh.proceed(in: tree) }
            for node in tree.subtree(of: tree.root) {
                #expect(scan.matches.count(node) == fresh.matches.count(node), "\(tree.path(of: node))")
                #expect(scan.matches.isMatch(node) == fresh.matches.isMatch(node))
            }
        }
    }

    @Test("a large tree is searched a slice at a time, the count growing with each")
    func slices() {
        let many = (0..<10_000).map { JSONValue.Member(key: "n\($0)", value: [:]) }
        var person = Person(tree: ["list": .object(many)])
        person.press("/n9")
        #expect(person.takeEffects().contains(.proceed))
        #expect(person.row(with: "search: n9")?.contains("…") == true)
        var count = 0
        repeat {
            person.happen()
            count += 1
        } while person.takeEffects().contains(.proceed)
        #expect(count == 2)
        #expect(person.row(with: "search: n9")?.contains("1/1111") == true)
        #expect(person.cursorPath == "tree/list/n9")
    }

    @Test("gp goes to a path, and says where nothing is")
    func goToPath() {
        var person = Person()
        person.press("gp<C-u>/spaces/sales/orders/15<Enter>")
        #expect(person.cursorPath == "tree/spaces/sales/orders/15")
        person.press("gp<C-u>/nowhere<Enter>")
        #expect(person.row(with: "go to: /nowhere  nothing is there") != nil)
    }
}
