import Glibc
import TreenityUI

/// A text in a file that no other user may read, in a directory that no other user may enter.
struct EditedFile {
    let path: String
    private let directory: String

    /// Why a file cannot be used.
    struct Problem: Error, CustomStringConvertible {
        let description: String

        init(_ what: String, _ path: String) {
            description = "\(what) \(path): \(String(cString: strerror(errno)))"
        }

        init(tooLong path: String) {
            description = "\(path) is longer than \(EditedFile.mostBytes >> 20) MiB"
        }
    }

    /// Longer texts could be sent to no server.
    private static let mostBytes = 64 << 20

    /// Writes the text of an edit.
    ///
    /// - Parameter parent: where the directory is made.
    init(_ edit: ExternalEdit, in parent: String) throws(Problem) {
        var template = Array("\(parent)/treenity-XXXXXX".utf8CString)
        guard mkdtemp(&template) != nil else { throw Problem("cannot make a directory in", parent) }
        directory = String(decoding: template.dropLast().map(UInt8.init(bitPattern:)), as: UTF8.self)
        path = "\(directory)/\(EditedFile.name(for: edit))"
        do {
            try write(edit.text)
        } catch {
            remove()
            throw error
        }
    }

    private func write(_ text: String) throws(Problem) {
        let descriptor = open(path, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC | O_NOFOLLOW, 0o600)
        guard descriptor >= 0 else { throw Problem("cannot write", path) }
        defer { close(descriptor) }
        var rest = Array(text.utf8)[...]
        while !rest.isEmpty {
            let count = rest.withUnsafeBytes { Glibc.write(descriptor, $0.baseAddress, $0.count) }
            if count < 0, errno == EINTR { continue }
            guard count > 0 else { throw Problem("cannot write", path) }
            rest = rest.dropFirst(count)
        }
    }

    /// The text as it is now, whatever file has the name: editors put new ones in its place.
    func contents() throws(Problem) -> String {
        let descriptor = open(path, O_RDONLY | O_CLOEXEC)
        guard descriptor >= 0 else { throw Problem("cannot read", path) }
        defer { close(descriptor) }
        var bytes: [UInt8] = []
        var chunk = [UInt8](repeating: 0, count: 64 << 10)
        while true {
            let count = read(descriptor, &chunk, chunk.count)
            if count < 0, errno == EINTR { continue }
            guard count >= 0 else { throw Problem("cannot read", path) }
            guard count > 0 else { return String(decoding: bytes, as: UTF8.self) }
            bytes += chunk[..<count]
            guard bytes.count <= EditedFile.mostBytes else { throw Problem(tooLong: path) }
        }
    }

    /// Removes the directory with what the editor has left in it.
    func remove() {
        for name in Folder.names(in: directory) { unlink("\(directory)/\(name)") }
        rmdir(directory)
    }

    /// A name by which a person knows what they edit, and an editor how to colour it.
    private static func name(for edit: ExternalEdit) -> String {
        let safe = edit.name.unicodeScalars.prefix(40).map { scalar in
            scalar.isASCII && (scalar.properties.isAlphabetic || ("0"..."9").contains(scalar)) || scalar == "_"
                ? String(scalar) : "-"
        }
        return "\(safe.joined()).\(edit.format.rawValue)"
    }
}
