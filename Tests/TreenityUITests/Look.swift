import TreenityProtocol
import Testing
@testable import TreenityUI

@Test func look() {
    var p = Person(columns: 120, rows: 30)
    p.press("jzRjjj")
    p.receive(.edit(["status": "in-progress"]), "tree/spaces/marketing/tasks/101")
    p.receive(.add(["name": "日本語の名前 e\u{301} 👩‍💻", "status": "a\u{1B}[31m\u{202E}b"]), "tree/spaces/marketing/tasks/102")
    p.receive(.move(to: "tree/spaces/done/9"), "tree/spaces/marketing/tasks/9")
    print(p.screen)
    p = Person(columns: 80, rows: 24)
    p.press("zRG")
    p.receive(.edit(["status": "in-progress"]), "tree/spaces/marketing/tasks/101")
    print(p.screen)
    p.press("i")
    print(p.screen)
    p.press("5<Enter>?")
    print(p.takeSent())
    print(p.screen)
    p = Person(columns: 30, rows: 8)
    print(p.screen)
}
