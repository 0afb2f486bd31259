import Glibc

/// Looks at a place for a data file before SQLite does: that would say what is wrong in its own words, or write first.
enum FileAccess {
    /// Whether there can be a data file that may be used so (`R_OK`, `W_OK`); that there is none is no failure.
    ///
    /// - Throws: ``DataFileError`` for a folder, a device, or what may not be used so.
    static func check(_ path: String, for use: Int32 = R_OK | W_OK) throws(DataFileError) {
        var status = stat()
        guard stat(path, &status) == 0 else {
            guard errno == ENOENT else { throw failure(errno, at: path) }
            return
        }
        switch status.st_mode & S_IFMT {
        case S_IFREG: break
        case S_IFDIR: throw .cannotOpen(path, "it is a folder: name a file in it")
        default: throw .cannotOpen(path, "it is no ordinary file: name another one")
        }
        guard access(path, use) == 0 else { throw failure(errno, at: path) }
    }

    /// Whether a file that nobody has open is a data file, judged by its first bytes.
    ///
    /// Not while this process has it open: that any descriptor of it is closed gives up SQLite's locks.
    ///
    /// - Returns: `false` for a file that has still to be made.
    /// - Throws: ``DataFileError`` where it is another's, of a later version, or shorter than it says.
    static func isMade(_ path: String) throws(DataFileError) -> Bool {
        let log = size(path + "-wal")
        guard let bytes = try start(of: path), !bytes.isEmpty else {
            // SQLite would throw away a log without what it belongs to.
            guard log == 0 else { throw .damaged(path, "it is empty, and \(path)-wal is not") }
            return false
        }
        guard let header = FileHeader(bytes) else { throw .foreign(path, "is no data file of treenity") }
        try Schema.check(id: header.applicationID, version: header.version, of: path)
        // With a journal beside it, the file may be older or newer than it says.
        guard log == 0, size(path + "-journal") == 0, size(path) < header.fileSize else { return true }
        throw .damaged(path, "its end is missing: it has \(size(path)) of \(header.fileSize) bytes")
    }

    /// `nil`: there is no such file.
    private static func start(of path: String) throws(DataFileError) -> [UInt8]? {
        let descriptor = open(path, O_RDONLY | O_CLOEXEC)
        guard descriptor >= 0 else {
            guard errno == ENOENT else { throw failure(errno, at: path) }
            return nil
        }
        defer { close(descriptor) }
        var bytes = [UInt8](repeating: 0, count: FileHeader.count)
        let count = pread(descriptor, &bytes, bytes.count, 0)
        guard count >= 0 else { throw failure(errno, at: path) }
        return Array(bytes[..<count])
    }

    /// Whether there is something at a path.
    static func exists(_ path: String) -> Bool { access(path, F_OK) == 0 }

    /// 0 where there is no such file.
    static func size(_ path: String) -> Int {
        var status = stat()
        return stat(path, &status) == 0 ? Int(status.st_size) : 0
    }

    /// What an error of the system says about a file, with what to do.
    static func failure(_ code: Int32, at path: String) -> DataFileError {
        let slash = path.lastIndex(of: "/")
        let folder = slash.map { $0 == path.startIndex ? "/" : String(path[..<$0]) } ?? "."
        let reason =
            switch code {
            case ENOENT: "there is no folder \(folder): make it first"
            case ENOTDIR: "\(folder) is no folder: name another file"
            case EACCES, EPERM: "this user may not use it, or not \(folder): change its rights, or name another file"
            case EROFS: "it is on a file system that is read-only: name a file elsewhere"
            case ENOSPC, EDQUOT: "there is no room left in \(folder): make some first"
            default: String(cString: strerror(code))
            }
        return .cannotOpen(path, reason)
    }
}
