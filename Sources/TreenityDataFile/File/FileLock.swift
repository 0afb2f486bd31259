import Glibc

/// Keeps a second process away from a data file, by a lock on a file beside it: one on the file itself would be lost with
/// the first of SQLite's own locks that is given up.
struct FileLock: ~Copyable {
    private let descriptor: Int32

    /// - Throws: ``DataFileError`` where another process holds it, or where the file cannot be made.
    init(_ path: String) throws(DataFileError) {
        let descriptor = open(path + ".lock", O_RDWR | O_CREAT | O_CLOEXEC, 0o600)
        guard descriptor >= 0 else { throw FileAccess.failure(errno, at: path) }
        guard flock(descriptor, LOCK_EX | LOCK_NB) == 0 else {
            let code = errno
            let holder = FileLock.process(named: descriptor)
            close(descriptor)
            throw code == EWOULDBLOCK ? .inUse(path, by: holder) : FileAccess.failure(code, at: path)
        }
        self.descriptor = descriptor
        let text = Array("\(getpid())\n".utf8)
        // Whose lock it is helps a person only: the lock holds without.
        if ftruncate(descriptor, 0) == 0 { _ = pwrite(descriptor, text, text.count, 0) }
    }

    /// The file stays: another process could be about to lock it.
    deinit {
        // Not by closing alone: a child that is being started has the descriptor too, up to the moment when its program runs.
        _ = flock(descriptor, LOCK_UN)
        close(descriptor)
    }

    private static func process(named descriptor: Int32) -> String {
        var bytes = [UInt8](repeating: 0, count: 20)
        let count = pread(descriptor, &bytes, bytes.count, 0)
        let digits = bytes.prefix(max(count, 0)).prefix { 0x30...0x39 ~= $0 }
        return digits.isEmpty ? "" : " (process \(String(decoding: digits, as: UTF8.self)))"
    }
}
