import Glibc

/// A file with one token in one line, which nobody else may read.
public struct TokenFile: Hashable, Sendable {
    /// Where it is; what a shell gives in its place (`<(pass show tree)`) will do, too.
    public let path: String

    /// A file at this path.
    public init(_ path: String) {
        self.path = path
    }

    /// Reads the token; an end of line behind it is no part of it.
    ///
    /// - Throws: ``TokenError``, also where others may read the file.
    public func token() throws(TokenError) -> Token {
        // Bytes, as “\r\n” is one character.
        var line = try bytes()[...]
        if line.last == UInt8(ascii: "\n") { line.removeLast() }
        if line.last == UInt8(ascii: "\r") { line.removeLast() }
        guard !line.contains(UInt8(ascii: "\n")) else {
            throw problem("it holds more than one line: write the token alone into it")
        }
        do {
            return try Token(String(decoding: line, as: UTF8.self))
        } catch {
            throw problem(error.description)
        }
    }

    private func problem(_ reason: String) -> TokenError { TokenError("the token file \(path): \(reason)") }

    private func problem(_ number: Int32) -> TokenError { problem(String(cString: strerror(number)).lowercased()) }

    private func bytes() throws(TokenError) -> [UInt8] {
        let descriptor = open(path, O_RDONLY | O_CLOEXEC | O_NOCTTY)
        guard descriptor >= 0 else { throw problem(errno) }
        defer { close(descriptor) }
        // Of the file that is open, so that it cannot be exchanged meanwhile.
        var status = stat()
        guard fstat(descriptor, &status) == 0 else { throw problem(errno) }
        if let reason = TokenFile.objection(to: status, of: geteuid(), path) { throw problem(reason) }
        var bytes = [UInt8](repeating: 0, count: Token.maximumBytes + 3)
        var count = 0
        while count < bytes.count {
            let more = bytes[count...].withUnsafeMutableBytes { read(descriptor, $0.baseAddress, $0.count) }
            if more < 0, errno == EINTR { continue }
            guard more >= 0 else { throw problem(errno) }
            guard more > 0 else { return Array(bytes[..<count]) }
            count += more
        }
        throw problem("the token is longer than \(Token.maximumBytes) bytes")
    }

    /// What is wrong with who may read a file; `nil`: nothing.
    static func objection(to status: stat, of user: uid_t, _ path: String) -> String? {
        guard status.st_mode & S_IFMT != S_IFDIR else { return "it is a folder: name a file in it" }
        guard status.st_uid == user || status.st_uid == 0 else {
            return "it belongs to another user: make a copy that is your own"
        }
        guard status.st_mode & 0o077 == 0 else { return "others may read or change it: chmod 600 \(quoted(path))" }
        return nil
    }

    /// As a shell takes it.
    private static func quoted(_ path: String) -> String {
        let isPlain = path.utf8.allSatisfy { byte in
            switch byte {
            case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
                UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "."), UInt8(ascii: "-"), UInt8(ascii: "_"),
                UInt8(ascii: "/"):
                true
            default: false
            }
        }
        guard !isPlain else { return path }
        return "'" + path.split(separator: "'", omittingEmptySubsequences: false).joined(separator: "'\\''") + "'"
    }
}
