import Glibc
import TreenityProtocol
import TreenityUI

/// The drafts of one server: `1.json`, `2.json` … in a folder of their own, one for each client that runs.
///
/// What others left who have their numbers no longer, a client takes over.
final class DraftFolder: Sendable {
    private let file: PrivateFile
    private let slot: ClientSlot
    /// What earlier runs left.
    let restored: [Draft]

    struct Problem: Error, CustomStringConvertible {
        let description: String
    }

    private static let mostBytes = 64 << 20

    /// - Parameter path: the folder, absolute.
    init(_ path: String) throws(Problem) {
        let slot: ClientSlot
        do throws(ClientSlot.Problem) {
            slot = try ClientSlot.first(of: ClientSlot.numbers, in: path)
        } catch {
            throw Problem(description: error.description)
        }
        (file, self.slot) = (DraftFolder.file(slot.number, in: path), slot)
        let others = DraftFolder.abandoned(in: path, by: slot.number)
        restored = ([file] + others.map(\.file)).flatMap(DraftFolder.contents)
        guard !others.isEmpty else { return }
        try keep(restored)
        for other in others { unlink(other.file.path) }
    }

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

    /// What is there and nobody has, with its number.
    private static func abandoned(in path: String, by number: Int) -> [(file: PrivateFile, slot: ClientSlot)] {
        ClientSlot.used(in: path).filter { $0 != number }.compactMap { other in
            ClientSlot(other, in: path).map { (file(other, in: path), $0) }
        }
    }

    private static func contents(of file: PrivateFile) -> [Draft] {
        let json = file.read().flatMap { try? JSONValue(parsing: $0) }
        return json?.elements?.compactMap(Draft.init) ?? []
    }
}
