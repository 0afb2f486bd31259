import Glibc

/// A file that only this user may read, always whole: what is written takes the place of what was there in one step.
struct PrivateFile: Sendable {
    /// Absolute.
    let path: String
    /// Neither more is read, nor written, in bytes.
    let maximumBytes: Int

    /// What is in it; `nil`: it is not there, is too large, or cannot be read.
    func read() -> [UInt8]? {
        let descriptor = open(path, O_RDONLY | O_CLOEXEC | O_NOFOLLOW)
        guard descriptor >= 0 else { return nil }
        defer { close(descriptor) }
        var bytes: [UInt8] = []
        var chunk = [UInt8](repeating: 0, count: 64 << 10)
        while bytes.count <= maximumBytes {
            let count = Glibc.read(descriptor, &chunk, chunk.count)
            if count < 0, errno == EINTR { continue }
            guard count > 0 else { return count == 0 ? bytes : nil }
            bytes += chunk[..<count]
        }
        return nil
    }

    /// Writes it anew, with the folders that it is in.
    ///
    /// - Returns: what is wrong, in plain words; what was there before is there still.
    func write(_ bytes: [UInt8]) -> String? {
        guard bytes.count <= maximumBytes else { return "\(bytes.count) bytes are too much for \(path)" }
        makeFolders()
        // A name of its own: several programs may write at once, and each of them whole.
        let draft = "\(path).\(getpid()).new"
        unlink(draft)
        let descriptor = open(draft, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC | O_NOFOLLOW, 0o600)
        guard descriptor >= 0 else { return complaint() }
        var rest = bytes[...]
        var isWritten = true
        while isWritten, !rest.isEmpty {
            let count = rest.withUnsafeBytes { Glibc.write(descriptor, $0.baseAddress, $0.count) }
            if count < 0, errno == EINTR { continue }
            isWritten = count > 0
            rest = rest.dropFirst(max(0, count))
        }
        isWritten = isWritten && fdatasync(descriptor) == 0
        let words = complaint()
        close(descriptor)
        guard isWritten, rename(draft, path) == 0 else {
            unlink(draft)
            return words
        }
        return nil
    }

    private func complaint() -> String { "\(path): \(String(cString: strerror(errno)).lowercased())" }

    /// Where this fails, so does writing, which says so.
    func makeFolders() {
        let names = path.split(separator: "/").dropLast()
        for count in names.indices { mkdir("/" + names[...count].joined(separator: "/"), 0o700) }
    }
}
