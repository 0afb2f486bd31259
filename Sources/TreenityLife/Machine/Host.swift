import Glibc

/// The files of a machine, below the directory that stands for its root.
struct Host: Hashable, Sendable {
    /// Without a slash at its end: empty for the machine that this runs on.
    private let root: String

    /// No file is read beyond so many bytes.
    private static let sizeLimit = 4 << 20

    /// The machine whose files lie below `root`.
    init(root: String) {
        self.root = String(Substring(root.utf8.last == UInt8(ascii: "/") ? root.utf8.dropLast() : root.utf8[...]))
    }

    /// What a file holds; `nil` where it is missing, unreadable or goes away meanwhile.
    func contents(of path: String) -> ByteText? {
        // Not to wait for ever where a pipe is.
        let file = open(root + path, O_RDONLY | O_CLOEXEC | O_NONBLOCK)
        guard file >= 0 else { return nil }
        defer { close(file) }
        var contents: [UInt8] = []
        // Files of /proc say nothing about their size: most fit here, and a short read is seldom their end.
        var chunk = 4_096
        while contents.count < Host.sizeLimit {
            var failed = false
            let read = [UInt8](unsafeUninitializedCapacity: chunk) { buffer, count in
                let result = Glibc.read(file, buffer.baseAddress, buffer.count)
                failed = result < 0
                count = max(0, result)
            }
            if failed { return nil }
            if read.isEmpty { break }
            if contents.isEmpty { contents = read } else { contents += read }
            chunk = min(chunk * 4, 1 << 18)
        }
        return contents[...]
    }

    /// The names in a directory, in no order; `nil` where it cannot be read.
    func names(in directory: String) -> [String]? {
        guard let stream = opendir(root + directory) else { return nil }
        defer { closedir(stream) }
        guard let offset = MemoryLayout<dirent>.offset(of: \.d_name) else { return nil }
        var names: [String] = []
        while let entry = readdir(stream) {
            // The record is only as long as its name: the field must not be read as a whole.
            let name = UnsafeRawPointer(entry).advanced(by: offset).assumingMemoryBound(to: CChar.self)
            names.append(String(cString: name))
        }
        return names
    }

    /// The user that a file or directory belongs to.
    func owner(of path: String) -> UInt32? {
        var information = stat()
        return stat(root + path, &information) == 0 ? information.st_uid : nil
    }

    /// The size of a file system and what of it users may still take, in bytes; `nil` where it cannot be asked.
    func space(at mountPoint: [UInt8]) -> (used: Int64, available: Int64)? {
        var information = statvfs()
        let path = (Array(root.utf8) + mountPoint + [0]).map { CChar(bitPattern: $0) }
        guard statvfs(path, &information) == 0, information.f_blocks > 0 else { return nil }
        let taken = information.f_blocks - min(information.f_bfree, information.f_blocks)
        return (Host.bytes(taken, information.f_frsize), Host.bytes(information.f_bavail, information.f_frsize))
    }

    private static func bytes(_ blocks: UInt, _ size: UInt) -> Int64 {
        let (bytes, isTooLarge) = blocks.multipliedReportingOverflow(by: size)
        return isTooLarge ? .max / 2 : Int64(clamping: min(bytes, UInt(Int64.max / 2)))
    }

    /// The unit of processor times, a second.
    static let ticksPerSecond = Double(max(1, sysconf(Int32(_SC_CLK_TCK))))
    /// Bytes of a page of memory.
    static let pageSize = Int64(max(1, sysconf(Int32(_SC_PAGESIZE))))
}
