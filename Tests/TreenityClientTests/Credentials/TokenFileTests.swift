import Glibc
import Testing

@testable import TreenityClient

@Suite("A token file")
struct TokenFileTests {
    private let files: TemporaryDirectory

    init() throws {
        files = try TemporaryDirectory()
    }

    @Test("holds one line", arguments: ["t-1", "t-1\n", "t-1\r\n"])
    func line(text: String) throws {
        #expect(try TokenFile(try files.write(text.utf8, to: "file")).token() == Token("t-1"))
    }

    @Test(
        "that holds anything else is refused, and not shown",
        arguments: [
            ("", "the token is empty"), ("\n", "the token is empty"),
            ("hidden\nhidden\n", "it holds more than one line: write the token alone into it"),
            ("hidden\n\n", "it holds more than one line: write the token alone into it"),
            ("hidden \n", "the token holds blanks, control characters or letters beyond ASCII"),
            (String(repeating: "h", count: 5_000), "the token is longer than 4096 bytes"),
            (String(repeating: "h", count: 4_097), "the token is longer than 4096 bytes"),
        ])
    func mistakes(text: String, problem: String) throws {
        let path = try files.write(text.utf8, to: "file")
        let error = #expect(throws: TokenError.self) { try TokenFile(path).token() }
        #expect(error?.description == "the token file \(path): \(problem)")
    }

    @Test("that others may read or change is refused", arguments: [0o640, 0o604, 0o620, 0o601])
    func modes(mode: Int) throws {
        let path = try files.write("hidden".utf8, to: "my 'file", mode: mode)
        let error = #expect(throws: TokenError.self) { try TokenFile(path).token() }
        #expect(
            error?.description
                == "the token file \(path): others may read or change it: chmod 600 '\(files.path)/my '\\''file'")
    }

    @Test("that is another user's is refused")
    func owner() {
        var status = stat()
        status.st_mode = S_IFREG | 0o600
        status.st_uid = 1_001
        let reason = "it belongs to another user: make a copy that is your own"
        #expect(TokenFile.objection(to: status, of: 1_000, "f") == reason)
        #expect(TokenFile.objection(to: status, of: 1_001, "f") == nil)
        status.st_uid = 0
        #expect(TokenFile.objection(to: status, of: 1_000, "f") == nil)
    }

    @Test("that is not there, or is none, is named")
    func missing() throws {
        let error = #expect(throws: TokenError.self) { try TokenFile(files.file("none")).token() }
        #expect(error?.description == "the token file \(files.file("none")): no such file or directory")
        let folder = #expect(throws: TokenError.self) { try TokenFile(files.path).token() }
        #expect(folder?.description == "the token file \(files.path): it is a folder: name a file in it")
    }

    @Test("may be a pipe")
    func pipe() throws {
        var ends: [Int32] = [0, 0]
        try #require(Glibc.pipe(&ends) == 0)
        #expect(write(ends[1], "t-1\n", 4) == 4)
        close(ends[1])
        #expect(try TokenFile("/dev/fd/\(ends[0])").token() == Token("t-1"))
        close(ends[0])
    }
}
