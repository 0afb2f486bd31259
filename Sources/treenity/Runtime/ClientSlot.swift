import Glibc

/// A number among the clients that keep something in one folder: a client has it as long as it holds the lock on `1.lock`,
/// `2.lock` ….
final class ClientSlot: Sendable {
    let number: Int
    private let lock: Int32

    struct Problem: Error, CustomStringConvertible {
        let description: String
        /// The disk knows no locks, as some servers' do not.
        let isWithoutLocks: Bool
    }

    /// More clients at once than this keep nothing.
    static let numbers = 1...1_000

    /// The numbers under which something is kept in a folder, `1.json`, `2.json` …, in order.
    static func used(in path: String) -> [Int] {
        let files = Folder.names(in: path).filter { $0.hasSuffix(".json") }
        return files.compactMap { Int($0.dropLast(5)) }.filter(numbers.contains).sorted()
    }

    /// Takes the first number that is free, and makes the folder where it is not there.
    static func first(of numbers: some Sequence<Int>, in path: String) throws(Problem) -> ClientSlot {
        PrivateFile(path: path + "/lock", maximumBytes: 0).makeFolders()
        for number in numbers {
            if let slot = ClientSlot(number, in: path) { return slot }
            guard errno == EWOULDBLOCK else { break }
        }
        let reason = errno
        throw Problem(
            description: "\(path): \(String(cString: strerror(reason)))",
            isWithoutLocks: reason == ENOLCK || reason == EOPNOTSUPP)
    }

    /// Takes a number; `nil`: somebody has it, or the folder cannot be written to or locked in, as `errno` tells.
    init?(_ number: Int, in path: String) {
        let descriptor = open("\(path)/\(number).lock", O_RDWR | O_CREAT | O_CLOEXEC | O_NOFOLLOW, 0o600)
        guard descriptor >= 0 else { return nil }
        guard flock(descriptor, LOCK_EX | LOCK_NB) == 0 else {
            let reason = errno
            close(descriptor)
            errno = reason
            return nil
        }
        (self.number, lock) = (number, descriptor)
    }

    deinit { close(lock) }
}
