import Glibc

/// Reads files whole.
enum FileContents {
    /// - Parameter what: what the file is, for the person who reads the error.
    static func bytes(of path: String, _ what: String) throws(ServerError) -> [UInt8] {
        let file = open(path, O_RDONLY | O_CLOEXEC)
        guard file >= 0 else { throw failure(path, what) }
        defer { close(file) }
        var bytes: [UInt8] = []
        var part = [UInt8](repeating: 0, count: 64 << 10)
        while true {
            let count = read(file, &part, part.count)
            if count < 0, errno == EINTR { continue }
            guard count >= 0 else { throw failure(path, what) }
            guard count > 0 else { return bytes }
            bytes += part[..<count]
        }
    }

    /// The same as text.
    static func text(of path: String, _ what: String) throws(ServerError) -> String {
        guard let text = String(validating: try bytes(of: path, what), as: UTF8.self) else {
            throw .cannotRead("\(what) \(path) is no text in UTF-8")
        }
        return text
    }

    private static func failure(_ path: String, _ what: String) -> ServerError {
        .cannotRead("cannot read \(what) \(path): \(String(cString: strerror(errno)).lowercased())")
    }
}
