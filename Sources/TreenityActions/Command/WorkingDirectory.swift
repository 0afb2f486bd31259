import FoundationEssentials
import Glibc

/// Where a command runs: a directory that is there, or a new one that only this user may enter.
struct WorkingDirectory {
    let path: String
    private let isTemporary: Bool

    init(_ given: String?, in temporaryDirectory: String) throws(ActionFailure.Cause) {
        isTemporary = given == nil
        if let given {
            path = given
            return
        }
        var template = TemporaryName(in: temporaryDirectory)
        guard mkdtemp(&template.bytes) != nil else { throw .notRun(template.complaint) }
        path = template.path
    }

    /// Removes a new directory with all that is in it.
    func remove() {
        guard isTemporary else { return }
        do {
            try FileManager.default.removeItem(atPath: path)
        } catch {
            // What is being killed may just have written one more file into it.
            try? FileManager.default.removeItem(atPath: path)
        }
    }
}
