import Glibc
import Testing

/// A file that lasts as long as the test that made it.
final class TemporaryFile: Sendable {
    let path: String

    init(_ text: String) throws {
        var name = Array("/tmp/treenity-test-XXXXXX".utf8CString)
        let file = mkstemp(&name)
        try #require(file >= 0)
        close(file)
        path = String(decoding: name.dropLast().map { UInt8(bitPattern: $0) }, as: UTF8.self)
        try replace(path, text)
    }

    deinit { unlink(path) }
}

/// Puts other text into a file.
func replace(_ path: String, _ text: String) throws {
    let file = try #require(fopen(path, "w"))
    defer { fclose(file) }
    let written = fwrite(text, 1, text.utf8.count, file)
    #expect(written == text.utf8.count)
}
