import Glibc
import TreenityProtocol
import TreenityUI

/// The drafts of one server: `1.json`, `2.json` … in a folder of their own, one for each client that runs.
///
/// A client has its number as long as it holds the lock on `1.lock`. What others left who hold theirs no longer, it takes
/// over.
final class DraftFolder: Sendable {
    private let file: PrivateFile
    private let lock: Int32
    /// What earlier runs left.
    let restored: [Draft]

    struct Problem: Error, CustomStringConvertible {
        let description: String
    }

    /// More clients at once than this have no drafts.
    private static let mostClients = 1_000
    private static let mostBytes = 64 << 20

    /// - Parameter path: the folder, absolute.
    init(_ path: String) throws(Problem) {
        PrivateFile(path: path + "/lock", maximumBytes: 0).makeFolders()
        var taken: (number: Int, lock: Int32)?
        for number in 1...DraftFolder.mostClients where taken == nil {
            taken = DraftFolder.lock(number, in: path).map { (number, $0) }
        }
        guard let taken else { throw Problem(description: "\(path): \(String(cString: strerror(errno)))") }
        (file, lock) = (DraftFolder.file(taken.number, in: path), taken.lock)
        let others = DraftFolder.abandoned(in: path, by: taken.number)
        defer { for other in others { close(other.lock) } }
        restored = ([file] + others.map(\.file)).flatMap(DraftFolder.contents)
        guard !others.isEmpty else { return }
        try keep(restored)
        for other in others { unlink(other.file.path) }
    }

    deinit { close(lock) }

    /// Keeps these and no others, and returns when they will survive the loss of power.
    func keep(_ drafts: [Draft]) throws(Problem) {
        guard !drafts.isEmpty else {
            unlink(file.path)
            return
        }
        let complaint = file.write(Array(JSONValue.array(drafts.map(\.json)).text.utf8))
        if let complaint { throw Problem(description: complaint) }
    }

    // MARK: What is there

    private static func file(_ number: Int, in path: String) -> PrivateFile {
        PrivateFile(path: "\(path)/\(number).json", maximumBytes: mostBytes)
    }

    /// The lock of a number; `nil`: somebody has it.
    private static func lock(_ number: Int, in path: String) -> Int32? {
        let descriptor = open("\(path)/\(number).lock", O_RDWR | O_CREAT | O_CLOEXEC | O_NOFOLLOW, 0o600)
        guard descriptor >= 0 else { return nil }
        guard flock(descriptor, LOCK_EX | LOCK_NB) == 0 else {
            close(descriptor)
            return nil
        }
        return descriptor
    }

    /// What is there and nobody has, locked.
    private static func abandoned(in path: String, by number: Int) -> [(file: PrivateFile, lock: Int32)] {
        (1...mostClients).compactMap { other in
            let file = file(other, in: path)
            guard other != number, access(file.path, R_OK) == 0 else { return nil }
            return lock(other, in: path).map { (file, $0) }
        }
    }

    private static func contents(of file: PrivateFile) -> [Draft] {
        let json = file.read().flatMap { try? JSONValue(parsing: $0) }
        return json?.elements?.compactMap(Draft.init) ?? []
    }
}
