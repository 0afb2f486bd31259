import Testing
import TreenityProtocol
import TreenitySequencer

@testable import TreenityServer

@Suite("Grants")
struct GrantTests {
    private func rights(_ grants: String...) throws -> Rights {
        Rights(try grants.map { try Grant(parsing: $0) })
    }

    @Test("allow together what any of them allows")
    func union() throws {
        let rights = try rights("tree/b:rw", "tree/a:r", "tree/b/c:rx", "tree/a:w", "tree/ab:r")
        #expect(rights.read == ["tree/a", "tree/ab", "tree/b"])
        #expect(rights.write == ["tree/a", "tree/b"])
        #expect(rights.execute == ["tree/b/c"])
    }

    @Test("for writing do not let read")
    func writeOnly() throws {
        let rights = try rights("tree/inbox:w")
        #expect(rights.mayWrite("tree/inbox/x"))
        #expect(!rights.mayRead("tree/inbox"))
        #expect(!rights.mayExecute("tree/inbox"))
    }

    @Test(
        "that cannot be meant are refused",
        arguments: ["tree", "tree:", "tree:rr", "tree:R", "tree:r w", "spaces:r", ":r", "tree//:r"])
    func mistakes(text: String) {
        #expect(throws: GrantError.self) { try Grant(parsing: text) }
    }

    @Test("show in the epoch what may not be read, and nothing else")
    func epoch() throws {
        #expect(Rights.all.epochSuffix == "")
        #expect(try rights("tree:r", "tree/a:rw").epochSuffix == "")
        let part = try rights("tree/a:r", "tree/b:r").epochSuffix
        #expect(part.hasPrefix(".") && part.count > 8)
        #expect(try rights("tree/b:rw", "tree/a:rx", "tree/a/c:r").epochSuffix == part)
        #expect(try rights("tree/a:r").epochSuffix != part)
        #expect(try rights("tree:w").epochSuffix != "")
    }
}
