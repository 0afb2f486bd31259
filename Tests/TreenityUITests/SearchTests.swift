import Testing
import TreenityProtocol

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

    @Test("gp goes to a path, and says where nothing is")
    func goToPath() {
        var person = Person()
        person.press("gp<C-u>/spaces/sales/orders/15<Enter>")
        #expect(person.cursorPath == "tree/spaces/sales/orders/15")
        person.press("gp<C-u>/nowhere<Enter>")
        #expect(person.row(with: "nothing is at tree/nowhere") != nil)
    }
}
