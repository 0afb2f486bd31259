import Glibc

/// A directory that stands for a machine's root while a test runs.
final class Fixture {
    let root: String

    init() {
        var template = Array("\(getenv("TMPDIR").map { String(cString: $0) } ?? "/tmp")/machine-XXXXXX".utf8CString)
        root = mkdtemp(&template).map { String(cString: $0) } ?? ""
        precondition(!root.isEmpty, "no temporary directory")
    }

    deinit { Fixture.remove(root) }

    func write(_ path: String, _ text: String) { write(path, Array(text.utf8)) }

    func write(_ path: String, _ bytes: [UInt8]) {
        makeDirectories(path)
        let file = open(root + path, O_WRONLY | O_CREAT | O_TRUNC, 0o644)
        defer { close(file) }
        precondition(Glibc.write(file, bytes, bytes.count) == bytes.count, "cannot write \(path)")
    }

    func remove(_ path: String) { Fixture.remove(root + path) }

    func makeDirectory(_ path: String) { makeDirectories(path + "/.") }

    /// The line of `/proc/<pid>/stat`.
    func process(
        _ pid: Int, _ name: [UInt8], state: Character = "S", ticks: Int = 0, start: Int = 100, pages: Int = 0
    ) {
        let rest =
            ") \(state) 1 1 1 0 -1 0 0 0 0 0 \(ticks) 0 0 0 20 0 1 0 \(start) 4096 \(pages) 18446744073709551615\n"
        write("/proc/\(pid)/stat", Array("\(pid) (".utf8) + name + Array(rest.utf8))
    }

    func process(
        _ pid: Int, _ name: String, state: Character = "S", ticks: Int = 0, start: Int = 100, pages: Int = 0
    ) {
        process(pid, Array(name.utf8), state: state, ticks: ticks, start: start, pages: pages)
    }

    private func makeDirectories(_ path: String) {
        var directory = root
        for part in path.split(separator: "/").dropLast() {
            directory += "/" + part
            mkdir(directory, 0o755)
        }
    }

    private static func remove(_ path: String) {
        if let stream = opendir(path) {
            var names: [String] = []
            while let entry = readdir(stream) {
                names.append(
                    withUnsafePointer(to: &entry.pointee.d_name) { pointer in
                        pointer.withMemoryRebound(to: CChar.self, capacity: 256) { String(cString: $0) }
                    })
            }
            closedir(stream)
            for name in names where name != "." && name != ".." { remove(path + "/" + name) }
            rmdir(path)
        } else {
            unlink(path)
        }
    }
}
