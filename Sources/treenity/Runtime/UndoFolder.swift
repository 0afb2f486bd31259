import Glibc
import TreenityProtocol
import TreenityStore
import TreenityUI

/// What can be undone before one server: `1.json`, `2.json` … in a folder of their own, one for each client that runs, so
/// that none writes over what another one needs. A client goes on with what was left last and nobody has.
final class UndoFolder: Sendable {
    private let file: PrivateFile
    /// `nil`: there are no locks, and all clients share one file.
    private let slot: ClientSlot?

    private static let maximumBytes = 4 << 20

    /// - Parameter path: the folder, absolute.
    init(_ path: String) throws(ClientSlot.Problem) {
        let times = ClientSlot.used(in: path).map { (number: $0, time: UndoFolder.changed($0, in: path)) }
        // What was left last comes first, then what was never used.
        let order = times.sorted { one, other in
            (one.time.tv_sec, one.time.tv_nsec, other.number) > (other.time.tv_sec, other.time.tv_nsec, one.number)
        }.map(\.number)
        do throws(ClientSlot.Problem) {
            slot = try ClientSlot.first(of: order + ClientSlot.numbers, in: path)
        } catch {
            guard error.isWithoutLocks else { throw error }
            slot = nil
        }
        file = UndoFolder.file(slot?.number ?? 1, in: path)
    }

    /// - Returns: what is wrong, in plain words.
    func write(_ stack: UndoStack, epoch: String) -> String? {
        let json: JSONValue = [
            "epoch": .string(epoch), "stack": stack.saved(maximumBytes: UndoFolder.maximumBytes),
        ]
        return file.write(Array(json.text.utf8))
    }

    func read() -> KeptEvent? {
        guard let bytes = file.read(), let json = try? JSONValue(parsing: bytes), let epoch = json["epoch"]?.string,
            let stack = json["stack"].flatMap(UndoStack.init(saved:))
        else { return nil }
        return .undo(stack, epoch: epoch)
    }

    private static func file(_ number: Int, in path: String) -> PrivateFile {
        PrivateFile(path: "\(path)/\(number).json", maximumBytes: 2 * maximumBytes)
    }

    /// When a file was written; long ago, where it is not there.
    private static func changed(_ number: Int, in path: String) -> timespec {
        var facts = stat()
        guard stat(file(number, in: path).path, &facts) == 0 else { return timespec(tv_sec: .min, tv_nsec: 0) }
        return facts.st_mtim
    }
}
