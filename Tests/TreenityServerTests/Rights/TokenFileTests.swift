import Testing
import TreenityProtocol
import TreenitySequencer
import TreenityYAML

@testable import TreenityServer

@Suite("A token file")
struct TokenFileTests {
    private static let hash = String(repeating: "0f", count: 32)

    @Test("says who may do what, until when")
    func reading() throws {
        let file = try TokenFile(
            parsing: """
                # The team.
                - sha256: \(Self.hash)
                  user: ann
                  grants:
                    tree: r
                    /spaces: xw
                  expires: 2027-01-31
                  comment: ann's laptop
                - sha256: \(TokenHash(of: "b"))
                  user: "true"
                  grants: [tree/a:b:r, {tree/c: w}]
                """)
        #expect(file.entries.map(\.label) == ["ann (ann's laptop)", "true"])
        #expect(
            file.entries.map { $0.grants.map(\.description) } == [
                ["tree:r", "tree/spaces:wx"], ["tree/a:b:r", "tree/c:w"],
            ])
        #expect(file.entries.map(\.hash.description) == [Self.hash, TokenHash(of: "b").description])
        #expect(file.entries.map(\.expiry?.moment.milliseconds) == [1_801_440_000_000, nil])
    }

    @Test("of no tokens lets nobody in, and has to say so")
    func empty() throws {
        #expect(try TokenFile(parsing: "[]").entries.isEmpty)
        #expect(throws: YAMLFileError(1, "there is nothing in it; write [] where nobody may come in")) {
            try TokenFile(parsing: "# nothing\n")
        }
    }

    @Test(
        "that is wrong is refused, with the line, whose token it is about and what to do",
        arguments: [
            ("user: ann", "line 1: a token file is a list: begin each token with “- sha256: …”"),
            ("- ann", "line 1: a token is a mapping with sha256, user and grants"),
            ("- sha256: [\n", "line 2: this is no YAML: did not find expected node content"),
            (
                "- user: ann\n  grants: {tree: r}\n  sha265: \(hash)",
                "line 3: “sha265” means nothing here; there are sha256, user, grants, expires, comment"
            ),
            ("- user: ann\n  grants: {tree: r}", "line 1: the token of ann: sha256 is missing"),
            ("- sha256: \(hash)\n  grants: {tree: r}", "line 1: the token of an unnamed user: user is missing"),
            ("- user: ann\n  comment: pc\n  sha256: \(hash)", "line 1: the token of ann, pc: grants is missing"),
            (
                "- user: ann\n  grants: {tree: r}\n  sha256: 0f",
                "line 3: the token of ann: sha256 is to be 64 hexadecimal digits, as “treenity token new” prints them"
            ),
            (
                "- user: ann\n  sha256: \(hash)\n  grants: {}",
                "line 1: the token of ann: nothing is granted: name at least one path, such as tree: r"
            ),
            (
                "- user: ann\n  sha256: \(hash)\n  grants:\n    tree/a: r\n    tree/b: rwz",
                "line 5: the token of ann: “rwz” are no rights: write r to read, w to write and x to run actions, "
                    + "such as rw"
            ),
            (
                "- user: ann\n  sha256: \(hash)\n  grants:\n    - tree/a",
                "line 4: the token of ann: “tree/a” gives no rights: write PATH:RIGHTS, such as tree/spaces:rw"
            ),
            (
                "- user: ann\n  sha256: \(hash)\n  grants: tree",
                "line 3: the token of ann: grants are written as “tree/spaces: rw”, one a line"
            ),
            (
                "- user: ann\n  sha256: \(hash)\n  grants: {tree: r}\n  expires: 2027-02-29",
                "line 4: the token of ann: “2027-02-29” is no date; write 2027-01-31 or 2027-01-31T18:00Z (UTC)"
            ),
            ("- user: ann\n  user: bob", "line 1: “user” stands there twice; write it once"),
            (
                "- {user: '', sha256: \(hash), grants: {tree: r}}",
                "line 1: the token of an unnamed user: the user has no name"
            ),
        ])
    func mistakes(text: String, message: String) {
        let error = #expect(throws: YAMLFileError.self) { try TokenFile(parsing: text) }
        #expect(error?.description == message)
    }

    @Test("does not grant what is no path", arguments: ["spaces", "tree//a", "tree/..", ""])
    func paths(path: String) {
        let text = "- user: ann\n  sha256: \(Self.hash)\n  grants:\n    \"\(path)\": r"
        let error = #expect(throws: YAMLFileError.self) { try TokenFile(parsing: text) }
        #expect(error?.description.hasPrefix("line 4: the token of ann: “\(path)” is no path: ") == true)
    }

    @Test("has one entry a token")
    func duplicates() {
        let entry = { (user: String) in "- user: \(user)\n  sha256: \(Self.hash)\n  grants: {tree: r}\n" }
        let error = #expect(throws: YAMLFileError.self) { try TokenFile(parsing: entry("ann") + entry("bob")) }
        #expect(error?.description == "line 4: the token of bob is that of line 1; give each token one entry")
    }

    @Test(
        "reads back the lines that are printed for it",
        arguments: [
            ("ann", "tree/spaces:rw", "2027-01-31", "laptop"),
            ("null", "tree/-a: b/#c:rwx", "2027-01-31 18:00", nil),
            ("Änn: \"x\" # y", "tree/a~1b/{c}:r", "2027-01-31T18:00:30Z", "- it's \\ here"),
            ("~", "tree:x", "1970-01-01", ""),
        ] as [(String, String, String, String?)])
    func lines(user: String, grant: String, expiry: String, comment: String?) throws {
        var randomness = SystemRandomNumberGenerator()
        let entry = try TokenEntry(
            hash: Token(using: &randomness).hash, user: user,
            grants: [Grant(parsing: grant), Grant(parsing: "tree/other:w")], expiry: Expiry(expiry), comment: comment)
        #expect(try TokenFile(parsing: entry.yaml + "\n").entries == [entry])
    }
}
