import Testing
import TreenityProtocol
import TreenitySequencer
import TreenityYAML

@testable import TreenityActions

struct ActionFileTests {
    @Test func anHTTPActionHasAllThatStandsThere() throws {
        let file = try ActionFile(
            parsing: """
                - path: tree/printers/*/print
                  http:
                    url: https://printing.example/jobs?a=b
                    headers: { Authorization: Bearer abc, X-Empty: "" }
                    timeout: 0.5
                    max-reply-bytes: 100
                  grants:
                    tree/printers: rw
                    /jobs: xr
                  user: printing
                """)
        let action = try #require(file.action(at: "tree/printers/a/print"))
        #expect(action.user == "printing")
        #expect(
            action.rights
                == Rights(
                    read: ["tree/printers", "tree/jobs"], write: ["tree/printers"], execute: ["tree/jobs"]))
        #expect(
            action.work
                == .post(
                    HTTPPost(
                        url: "https://printing.example/jobs?a=b",
                        headers: [
                            .init(name: "Authorization", value: "Bearer abc"), .init(name: "X-Empty", value: ""),
                        ], timeout: .milliseconds(500), maximumReplyBytes: 100)))
        #expect(file.action(at: "tree/printers/print") == nil)
    }

    @Test func aCommandHasAllThatStandsThere() throws {
        let file = try ActionFile(
            parsing: """
                - path: /**/report
                  command:
                    argv: [/usr/bin/make-report, --json, 7, "", true]
                    directory: /srv
                    environment: { LANG: C.UTF-8, EMPTY: }
                    timeout: 60
                    max-output-bytes: 65536
                """)
        let action = try #require(file.action(at: "tree/report"))
        #expect(action.rights == Rights())
        #expect(action.user == nil)
        #expect(
            action.work
                == .command(
                    Command(
                        program: "/usr/bin/make-report", arguments: ["--json", "7", "", "true"], directory: "/srv",
                        environment: ["LANG": "C.UTF-8", "EMPTY": ""], timeout: .seconds(60),
                        maximumOutputBytes: 65536)))
    }

    @Test func whatIsAbsentIsAsDocumented() throws {
        let file = try ActionFile(
            parsing: "[{path: tree/a, command: {argv: [true]}}, {path: tree/b, http: {url: 'http://[::1]:80'}}]")
        #expect(
            file.action(at: "tree/a")?.work
                == .command(
                    Command(
                        program: "true", arguments: [], directory: nil, environment: [:], timeout: .seconds(10),
                        maximumOutputBytes: 1 << 20)))
        #expect(
            file.action(at: "tree/b")?.work
                == .post(
                    HTTPPost(url: "http://[::1]:80", headers: [], timeout: .seconds(10), maximumReplyBytes: 1 << 20)))
    }

    @Test func theFirstActionThatMatchesCounts() throws {
        let file = try ActionFile(
            parsing: """
                - { path: tree/a/*, user: one, command: { argv: [x] } }
                - { path: tree/**, user: two, command: { argv: [x] } }
                - { path: tree/a/b, user: three, command: { argv: [x] } }
                """)
        #expect(file.action(at: "tree/a/b")?.user == "one")
        #expect(file.action(at: "tree/a")?.user == "two")
    }

    @Test func aFileMayHaveNoActions() throws {
        #expect(try ActionFile(parsing: "[]") == .empty)
    }

    @Test(arguments: [
        ("", 1, "there is nothing in it; write [] for no actions"),
        ("path: tree/a", 1, "a file of actions is a list: begin each with “- path: tree/…”"),
        ("- a\n- b: [", 3, "this is no YAML"),
        ("- x", 1, "this action: here are to be keys with values: path, http, command, grants, user"),
        ("- path: tree/a\n  pth: b", 2, "the action at tree/a: “pth” means nothing here; there are path, http,"),
        ("- path: tree/a\n  path: tree/b", 1, "“path” stands there twice; write it once"),
        ("- user: x\n  command: {argv: [x]}", 1, "this action: path is missing"),
        ("- path: a\n  command: {argv: [x]}", 1, "the action at a: path: a path starts with “tree” or “/”"),
        ("- path: tree/a*\n  command: {argv: [x]}", 1, "path: “*” stands for one whole name"),
        ("- path: [a]\n  command: {argv: [x]}", 1, "this action: path: here is to be a text"),
        ("- path: tree/a", 1, "the action at tree/a does nothing; give it “http” or “command”"),
        ("- path: tree/a\n  http: {url: 'http://x'}\n  command: {argv: [x]}", 1, "has both “http” and “command”"),
        ("- path: tree/a\n  user: ''\n  command: {argv: [x]}", 2, "user: is empty; leave it out"),
    ])
    func aWrongEntryIsNamedWithItsLine(yaml: String, line: Int, reason: String) throws {
        try expectError(yaml, line, reason)
    }

    @Test(arguments: [
        ("x", "here are to be keys with values: url,"), ("{}", "url is missing"),
        ("{uri: x}", "“uri” means nothing here; there are url, headers, timeout, max-reply-bytes"),
        ("{url: ftp://x/y}", "url: “ftp://x/y” is no web address; write https://host/path"),
        ("{url: x}", "url: “x” is no web address"), ("{url: 'http:///x'}", "is no web address"),
        ("{url: 'http://a:b@x/y'}", "url: a name or password in the address is not sent; write headers:"),
        ("{url: 'http://x', timeout: 0}", "timeout: “0” is no time limit; write seconds, as 10 or 0.5, up to 3600"),
        ("{url: 'http://x', timeout: 10s}", "timeout: “10s” is no time limit"),
        ("{url: 'http://x', timeout: nan}", "timeout: “nan” is no time limit"),
        ("{url: 'http://x', timeout: 3601}", "timeout: “3601” is no time limit"),
        ("{url: 'http://x', max-reply-bytes: 0}", "max-reply-bytes: “0” is no number of bytes; write one from 1 to"),
        ("{url: 'http://x', max-reply-bytes: 1MiB}", "max-reply-bytes: “1MiB” is no number of bytes"),
        ("{url: 'http://x', headers: [a]}", "headers: here is to be “name: value”, one a line"),
        ("{url: 'http://x', headers: {'a b': c}}", "headers: “a b” cannot be a header's name"),
        ("{url: 'http://x', headers: {'': c}}", "headers: “” cannot be a header's name"),
        (#"{url: 'http://x', headers: {a: "b\r\nc: d"}}"#, "headers: “a” has a control character in its value"),
        ("{url: 'http://x', headers: {Content-Length: 3}}", "“Content-Length” is set by the connection itself"),
        ("{url: 'http://x', headers: {a: [b]}}", "headers: “a” has no text for a value"),
    ])
    func aWrongHTTPActionIsNamedWithItsLine(http: String, reason: String) throws {
        try expectError("- path: tree/a\n  http: \(http)", 2, reason)
    }

    @Test(arguments: [
        ("{}", "argv is missing; write argv: [program, argument, …]"), ("{argv: []}", "argv is missing"),
        ("{argv: ls -l}", "argv: here is to be a list, as [a, b]"), ("{argv: [[a]]}", "argv: here is to be a text"),
        ("{argv: ['']}", "argv: the program has no name"),
        ("{argv: [bin/x]}", "argv: “bin/x” begins nowhere; write an absolute path, or a name alone"),
        (#"{argv: [x, "a\0b"]}"#, "argv: a zero byte cannot be handed to a program"),
        ("{argv: [x], directory: tmp}", "directory: “tmp” begins nowhere; write an absolute path"),
        ("{argv: [x], environment: {A=B: c}}", "environment: “A=B” cannot be a variable's name"),
        ("{argv: [x], environment: {1A: c}}", "environment: “1A” cannot be a variable's name"),
        ("{argv: [x], shell: true}", "“shell” means nothing here; there are argv, directory, environment, timeout,"),
    ])
    func aWrongCommandIsNamedWithItsLine(command: String, reason: String) throws {
        try expectError("- path: tree/a\n  command: \(command)", 2, reason)
    }

    @Test(arguments: [
        ("tree/b: z", "grants: “z” are no rights at tree/b; write r, w and x, each once at most"),
        ("tree/b: rr", "grants: “rr” are no rights"), ("tree/b: ''", "grants: “” are no rights"),
        ("b: r", "grants: a path starts with “tree” or “/”"), ("tree/b: [r]", "grants: “tree/b” has no text"),
    ])
    func aWrongGrantIsNamedWithItsLine(grant: String, reason: String) throws {
        try expectError("- path: tree/a\n  command: {argv: [x]}\n  grants:\n    tree/c: r\n    \(grant)", 5, reason)
    }

    private func expectError(_ yaml: String, _ line: Int, _ reason: String) throws {
        let error = try #require(throws: YAMLFileError.self) { try ActionFile(parsing: yaml) }
        #expect(error.line == line)
        #expect(error.reason.contains(reason), "\(error.reason)")
        #expect(error.description == "line \(line): \(error.reason)")
    }
}
