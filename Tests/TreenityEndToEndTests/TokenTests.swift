import Foundation
import Testing

@Suite("Tokens on the command line")
struct TokenTests {
    private static func lines(_ text: String) -> [String] { text.split(separator: "\n").map(String.init) }

    @Test("a new token is printed once, with the lines for the file, which a server and the check accept")
    func new() throws {
        let (status, output) = try Program.run(
            Program.path,
            [
                "token", "new", "--user", "ann", "--grant", "tree/tasks:rw", "--expires", "2999-01-31", "--comment",
                "pc: 1",
            ])
        #expect(status == 0)
        let token = try #require(Self.lines(output).first)
        #expect(token.hasPrefix("trn_"))
        let entry = String(output.dropFirst(token.count + 1))
        #expect(!entry.contains(token))
        let file = try Self.file(entry)
        defer { try? FileManager.default.removeItem(atPath: file) }
        let check = try Program.run(Program.path, ["token", "check", "--tokens", file])
        #expect(check.status == 0)
        #expect(check.output == "ann (pc: 1): tree/tasks:rw, expires 2999-01-31\n")
        let server = try Program(Program.path, ["serve", "--listen", "127.0.0.1:0", "--tokens", file])
        let address = try #require(server.readLine())
        let port = try #require(URL(string: address)?.port)
        #expect(try Self.status(port, token) == "200")
        #expect(try Self.status(port, "trn_other") == "401")
        try "[]".write(toFile: file, atomically: false, encoding: .utf8)
        server.send(SIGHUP)
        while try Self.status(port, token) == "200" {}
        #expect(try Self.status(port, token) == "401")
        server.send(SIGTERM)
        #expect(server.finish() == 0)
    }

    @Test(
        "what cannot be meant is an error of use",
        arguments: [
            ["--user", "ann"], ["--grant", "tree:r"], ["--user", "", "--grant", "tree:r"],
            ["--user", "ann", "--grant", "tree"], ["--user", "ann", "--grant", "spaces:r"],
            ["--user", "ann", "--grant", "tree:r", "--expires", "tomorrow"],
        ])
    func mistakes(arguments: [String]) throws {
        let (status, output) = try Program.run(Program.path, ["token", "new"] + arguments)
        #expect(status == 64)
        #expect(output.isEmpty)
    }

    @Test("a file that is wrong does not pass the check, and no server begins with it")
    func wrongFile() throws {
        let file = try Self.file("- user: ann\n")
        defer { try? FileManager.default.removeItem(atPath: file) }
        #expect(try Program.run(Program.path, ["token", "check", "--tokens", file]).status == 1)
        #expect(try Program.run(Program.path, ["serve", "--listen", "127.0.0.1:0", "--tokens", file]).status == 1)
    }

    @Test("a certificate without its key is an error of use")
    func lonelyCertificate() throws {
        #expect(try Program.run(Program.path, ["serve", "--tls-cert", "/no/such/file"]).status == 64)
    }

    private static func file(_ text: String) throws -> String {
        let file = FileManager.default.temporaryDirectory.appendingPathComponent("treenity-\(UUID().uuidString).yaml")
        try text.write(to: file, atomically: true, encoding: .utf8)
        return file.path
    }

    /// Of a `GET` of the tree.
    private static func status(_ port: Int, _ token: String) throws -> String {
        let script = """
            import sys, urllib.request, urllib.error
            request = urllib.request.Request(sys.argv[1], headers={"Authorization": "Bearer " + sys.argv[2]})
            try: print(urllib.request.urlopen(request).status, end="")
            except urllib.error.HTTPError as error: print(error.code, end="")
            """
        return try Program.run(Program.python, ["-c", script, "http://127.0.0.1:\(port)/tree", token]).output
    }
}
