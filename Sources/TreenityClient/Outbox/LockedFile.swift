import Glibc

/// A file that no other process that asks for it this way has open.
///
/// The lock is on the file and not on its name: whoever gets it looks whether the name still leads to the file.
final class LockedFile {
    private(set) var path: String
    private let descriptor: Int32
    private let calls: DiskCalls

    private init(_ path: String, _ descriptor: Int32, _ calls: DiskCalls) {
        self.path = path
        self.descriptor = descriptor
        self.calls = calls
    }

    deinit {
        // Not by closing alone: a child that is being started has the descriptor too, up to the moment when its program runs.
        _ = flock(descriptor, LOCK_UN)
        close(descriptor)
    }

    /// A file that is there; `nil`: it is gone, or somebody has it.
    static func existing(_ path: String, _ calls: DiskCalls) throws(OutboxError) -> LockedFile? {
        try open(path, O_RDWR | O_APPEND, calls)
    }

    /// A file that was not there; `nil`: it is, or somebody was quicker.
    static func new(_ path: String, _ calls: DiskCalls) throws(OutboxError) -> LockedFile? {
        try open(path, O_RDWR | O_APPEND | O_CREAT | O_EXCL, calls)
    }

    /// A file, made where it is not there; `nil`: somebody has it.
    static func any(_ path: String, _ calls: DiskCalls) throws(OutboxError) -> LockedFile? {
        try open(path, O_RDWR | O_APPEND | O_CREAT, calls)
    }

    private static func open(_ path: String, _ flags: Int32, _ calls: DiskCalls) throws(OutboxError) -> LockedFile? {
        let descriptor = Glibc.open(path, flags | O_CLOEXEC | O_NOFOLLOW, 0o600)
        guard descriptor >= 0 else {
            guard errno == ENOENT && flags & O_CREAT == 0 || errno == EEXIST else {
                throw OutboxError(errno, at: path)
            }
            return nil
        }
        let file = LockedFile(path, descriptor, calls)
        guard flock(descriptor, LOCK_EX | LOCK_NB) == 0 else {
            guard errno == EWOULDBLOCK else { throw OutboxError(errno, at: path) }
            return nil
        }
        return file.isNamed ? file : nil
    }

    private var isNamed: Bool {
        var ours = stat()
        var named = stat()
        return fstat(descriptor, &ours) == 0 && lstat(path, &named) == 0
            && ours.st_dev == named.st_dev && ours.st_ino == named.st_ino
    }

    /// All its bytes.
    func contents() throws(OutboxError) -> [UInt8] {
        var bytes: [UInt8] = []
        var chunk = [UInt8](repeating: 0, count: 64 << 10)
        while true {
            let count = pread(descriptor, &chunk, chunk.count, off_t(bytes.count))
            if count < 0, errno == EINTR { continue }
            guard count >= 0 else { throw OutboxError(errno, at: path) }
            guard count > 0 else { return bytes }
            bytes += chunk[..<count]
        }
    }

    /// Writes behind what is there, and returns when it will survive the loss of power.
    ///
    /// - Throws: Part of it may have been written.
    func append(_ bytes: [UInt8]) throws(OutboxError) {
        var rest = bytes[...]
        while !rest.isEmpty {
            let count = rest.withUnsafeBytes { calls.write(descriptor, $0) }
            if count < 0, errno == EINTR { continue }
            guard count > 0 else { throw OutboxError(count < 0 ? errno : EIO, at: path) }
            rest = rest.dropFirst(count)
        }
        guard calls.sync(descriptor) == 0 else { throw OutboxError(errno, at: path) }
    }

    /// Takes the place of another, which has no name any more then.
    func replace(_ other: LockedFile) throws(OutboxError) {
        guard rename(path, other.path) == 0 else { throw OutboxError(errno, at: other.path) }
        path = other.path
    }

    /// Takes the file away.
    func remove() {
        // Where it stays, it is found and adopted once more.
        unlink(path)
    }
}
