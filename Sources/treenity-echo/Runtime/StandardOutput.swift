import Glibc

/// Where the program tells its address and its result.
enum StandardOutput {
    /// Writes one line, at once: who reads it may be waiting for it.
    static func write(_ line: String) {
        print(line)
        fflush(nil)
    }
}
