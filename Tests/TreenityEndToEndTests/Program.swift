import Foundation
import Testing

/// A process that a test started, and ends.
///
/// Started without Foundation, which hands on the signal mask of whatever thread the test runs on: SIGTERM may be blocked
/// there.
final class Program {
    private let process: pid_t
    private let output: FileHandle
    private var status: Int32?

    /// The program under test, as it was built beside the tests.
    static let path: String = {
        let tests = (try? FileManager.default.destinationOfSymbolicLink(atPath: "/proc/self/exe")) ?? ""
        return URL(fileURLWithPath: tests).deletingLastPathComponent().appendingPathComponent("treenity").path
    }()

    /// The Python with the packages that `Tests/run` installs.
    static let python = ProcessInfo.processInfo.environment["TREENITY_PYTHON"] ?? "python3"

    init(_ executable: String, _ arguments: [String]) throws {
        var ends: [Int32] = [-1, -1]
        // Not handed on to the children of other tests, who would keep them open.
        try #require(pipe(&ends) == 0)
        for end in ends { _ = fcntl(end, F_SETFD, FD_CLOEXEC) }
        output = FileHandle(fileDescriptor: ends[0], closeOnDealloc: true)
        defer { close(ends[1]) }
        var actions = posix_spawn_file_actions_t()
        posix_spawn_file_actions_init(&actions)
        defer { posix_spawn_file_actions_destroy(&actions) }
        posix_spawn_file_actions_addopen(&actions, 0, "/dev/null", O_RDONLY, 0)
        posix_spawn_file_actions_adddup2(&actions, ends[1], 1)
        posix_spawn_file_actions_addopen(&actions, 2, "/dev/null", O_WRONLY, 0)
        var attributes = posix_spawnattr_t()
        posix_spawnattr_init(&attributes)
        defer { posix_spawnattr_destroy(&attributes) }
        var none = sigset_t()
        var all = sigset_t()
        sigemptyset(&none)
        sigfillset(&all)
        posix_spawnattr_setsigmask(&attributes, &none)
        posix_spawnattr_setsigdefault(&attributes, &all)
        posix_spawnattr_setflags(&attributes, Int16(POSIX_SPAWN_SETSIGMASK | POSIX_SPAWN_SETSIGDEF))
        var words = ([executable] + arguments).map { strdup($0) } + [nil]
        defer { words.forEach { free($0) } }
        var process: pid_t = 0
        let code = posix_spawnp(&process, executable, &actions, &attributes, &words, environ)
        try #require(code == 0, "\(executable) cannot be started: \(String(cString: strerror(code)))")
        self.process = process
    }

    deinit {
        guard status == nil else { return }
        kill(process, SIGKILL)
        waitpid(process, nil, 0)
    }

    /// The next line of its output; `nil` at the end.
    func readLine() -> String? {
        var bytes = Data()
        while let byte = try? output.read(upToCount: 1), let first = byte.first {
            if first == UInt8(ascii: "\n") { return String(decoding: bytes, as: UTF8.self) }
            bytes.append(first)
        }
        return bytes.isEmpty ? nil : String(decoding: bytes, as: UTF8.self)
    }

    func send(_ signal: Int32) { kill(process, signal) }

    /// Waits for the end, and gives the exit code; 128 and the signal's number where a signal ended it.
    func finish() -> Int32 {
        if let status { return status }
        var word: Int32 = 0
        waitpid(process, &word, 0)
        let signal = word & 0x7F
        let code = signal == 0 ? word >> 8 & 0xFF : 128 + signal
        status = code
        return code
    }

    /// Runs to the end and gives all that was written.
    static func run(_ executable: String, _ arguments: [String]) throws -> (status: Int32, output: String) {
        let program = try Program(executable, arguments)
        let data = try program.output.readToEnd() ?? Data()
        return (program.finish(), String(decoding: data, as: UTF8.self))
    }
}

/// A server with a tree, on a port of its own.
final class RunningServer {
    private let program: Program
    /// `ws://127.0.0.1:PORT/patches`
    let address: String

    init(tree: String = "{}", port: Int = 0) throws {
        let file = FileManager.default.temporaryDirectory.appendingPathComponent("treenity-\(UUID().uuidString).json")
        try tree.write(to: file, atomically: true, encoding: .utf8)
        defer { try? FileManager.default.removeItem(at: file) }
        program = try Program(Program.path, ["serve", "--listen", "127.0.0.1:\(port)", "--import", file.path])
        address = try #require(program.readLine())
    }

    var port: Int { URL(string: address)?.port ?? 0 }

    func stop() -> Int32 {
        program.send(SIGTERM)
        return program.finish()
    }

    func send(_ signal: Int32) { program.send(signal) }

    func kill() {
        program.send(SIGKILL)
        _ = program.finish()
    }

    /// What `GET` gives for a path of the tree; the empty string where nothing is.
    func get(_ path: String) throws -> String {
        let script = """
            import sys, urllib.request, urllib.error
            try: sys.stdout.write(urllib.request.urlopen(sys.argv[1]).read().decode())
            except urllib.error.HTTPError: pass
            """
        return try Program.run(Program.python, ["-c", script, "http://127.0.0.1:\(port)/\(path)"]).output
    }
}
