import Foundation
import TreenityProtocol

/// A file of patches, one JSON text a line, that is written once and never over another one.
struct PatchFile {
    /// The whole path.
    let path: String

    /// Why it was not written.
    struct Problem: Error, CustomStringConvertible {
        let description: String
    }

    /// - Parameter name: from the working directory on; `~` at its start is the user's home.
    init(_ name: String) {
        path = URL(fileURLWithPath: (name as NSString).expandingTildeInPath).path
    }

    func write(_ patches: [Patch]) throws(Problem) {
        let descriptor = open(path, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0o644)
        guard descriptor >= 0 else {
            throw Problem(
                description: errno == EEXIST ? "there is such a file already" : String(cString: strerror(errno)))
        }
        let handle = FileHandle(fileDescriptor: descriptor, closeOnDealloc: true)
        do {
            var lines = Data()
            for patch in patches {
                lines += ServerFrame.patch(patch).encoded() + [UInt8(ascii: "\n")]
                guard lines.count > PatchFile.chunk else { continue }
                try handle.write(contentsOf: lines)
                lines.removeAll(keepingCapacity: true)
            }
            try handle.write(contentsOf: lines)
            try handle.close()
        } catch {
            // Half a file would look like a whole one.
            unlink(path)
            throw Problem(description: error.localizedDescription)
        }
    }

    private static let chunk = 1 << 20
}
