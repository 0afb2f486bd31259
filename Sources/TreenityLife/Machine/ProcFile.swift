import Glibc

/// Files of `/proc` and `/sys`, which come and go and have no sizes.
struct ProcFiles: Sendable {
    /// The folder that stands for the machine's root.
    let root: String

    /// A file's text; `nil` where there is none, or it may not be read. Bytes that are not UTF-8 are replaced.
    func text(_ path: String) -> String? {
        let descriptor = open(root + path, O_RDONLY | O_CLOEXEC)
        guard descriptor >= 0 else { return nil }
        defer { close(descriptor) }
        var bytes: [UInt8] = []
        while bytes.count < ProcFiles.limit {
            let chunk = [UInt8](unsafeUninitializedCapacity: 16_384) { buffer, count in
                count = max(0, read(descriptor, buffer.baseAddress, buffer.count))
            }
            if chunk.isEmpty { break }
            bytes += chunk
        }
        return String(decoding: bytes, as: UTF8.self)
    }

    /// The names in a folder; none where it cannot be read.
    func names(_ path: String) -> [String] {
        guard let folder = opendir(root + path) else { return [] }
        defer { closedir(folder) }
        var names: [String] = []
        while let entry = readdir(folder) {
            let name = withUnsafePointer(to: &entry.pointee.d_name) { pointer in
                pointer.withMemoryRebound(to: CChar.self, capacity: 256) { String(cString: $0) }
            }
            if name != ".", name != ".." { names.append(name) }
        }
        return names
    }

    /// A file system's size and what is free for users, in bytes.
    func space(_ path: String) -> (total: Int64, available: Int64)? {
        var status = statvfs()
        guard statvfs(root + path, &status) == 0, status.f_blocks > 0 else { return nil }
        let block = Int64(status.f_frsize)
        return (Int64(status.f_blocks) * block, Int64(status.f_bavail) * block)
    }

    /// No file of interest is larger.
    private static let limit = 1 << 20
}
