import Foundation

/// The memory of this process that is in RAM, as Linux counts it.
enum ResidentMemory {
    /// Bytes now.
    static func now() throws -> Int {
        let fields = try read("/proc/self/statm").split(separator: " ")
        guard fields.count > 1, let pages = Int(fields[1]) else { throw BenchError("/proc/self/statm is unreadable") }
        return pages * sysconf(Int32(_SC_PAGESIZE))
    }

    /// The most bytes since the process began; unlike `getrusage`'s figure it does not count what the parent used.
    static func peak() throws -> Int {
        let line = try read("/proc/self/status").split(separator: "\n").first { $0.hasPrefix("VmHWM:") }
        guard let kibibytes = line?.split(separator: " ").dropLast().last.flatMap({ Int($0) }) else {
            throw BenchError("/proc/self/status has no VmHWM")
        }
        return kibibytes << 10
    }

    private static func read(_ path: String) throws -> String {
        String(decoding: try Data(contentsOf: URL(fileURLWithPath: path)), as: UTF8.self)
    }
}
