import Glibc

/// The folder of the outboxes of one server: `1.jsonl`, `2.jsonl` …, one for each client that runs.
struct OutboxDirectory: Sendable {
    let path: String

    private static let suffix = ".jsonl"

    /// - Precondition: the path is absolute.
    init(path: String) {
        precondition(path.hasPrefix("/"), "\(path) depends on where the process is")
        self.path = path
    }

    /// The numbers of the outboxes that are there, in order. None where there is no folder.
    func numbers() throws(OutboxError) -> [Int] {
        guard let stream = opendir(path) else {
            guard errno == ENOENT else { throw OutboxError(errno, at: path) }
            return []
        }
        defer { closedir(stream) }
        var numbers: [Int] = []
        while let entry = readdir(stream) {
            // The name is an array of C, closed by a zero within it.
            let name = withUnsafePointer(to: &entry.pointee.d_name) { name in
                name.withMemoryRebound(to: CChar.self, capacity: Int(NAME_MAX) + 1) { String(cString: $0) }
            }
            if let number = OutboxDirectory.number(name) { numbers.append(number) }
        }
        return numbers.sorted()
    }

    func file(_ number: Int) -> String { "\(path)/\(number)\(OutboxDirectory.suffix)" }

    private static func number(_ name: String) -> Int? {
        guard name.hasSuffix(suffix), let number = Int(name.dropLast(suffix.count)), number > 0 else { return nil }
        // Not "01" or "+1": a number has one name.
        return name == "\(number)\(suffix)" ? number : nil
    }

    /// Makes the folder, which only this user may enter, with those that it is in.
    func make() throws(OutboxError) {
        let names = path.split(separator: "/")
        for count in names.indices {
            let folder = "/" + names[...count].joined(separator: "/")
            guard mkdir(folder, 0o700) != 0 else {
                try OutboxDirectory.sync("/" + names[..<count].joined(separator: "/"))
                continue
            }
            let number = errno
            // A file system that is read-only, or not ours, may say so first.
            guard number == EEXIST || access(folder, F_OK) == 0 else { throw OutboxError(number, at: folder) }
        }
    }

    /// Returns when the names in it will survive the loss of power.
    func sync() throws(OutboxError) { try OutboxDirectory.sync(path) }

    private static func sync(_ path: String) throws(OutboxError) {
        let descriptor = open(path, O_RDONLY | O_DIRECTORY | O_CLOEXEC)
        guard descriptor >= 0 else { throw OutboxError(errno, at: path) }
        defer { close(descriptor) }
        guard fsync(descriptor) == 0 else { throw OutboxError(errno, at: path) }
    }
}
