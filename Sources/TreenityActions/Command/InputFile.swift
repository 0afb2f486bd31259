import Glibc
import SystemPackage

/// A file that has a name no more, for a command to read from its start.
struct InputFile {
    let descriptor: FileDescriptor

    init(_ bytes: [UInt8], in temporaryDirectory: String) throws(ActionFailure.Cause) {
        var template = TemporaryName(in: temporaryDirectory)
        descriptor = FileDescriptor(rawValue: mkstemp(&template.bytes))
        guard descriptor.rawValue >= 0 else { throw .notRun(template.complaint) }
        unlink(template.bytes)
        do {
            try descriptor.writeAll(bytes)
            try descriptor.seek(offset: 0, from: .start)
        } catch {
            close()
            throw .notRun("its input cannot be written in \(temporaryDirectory): \(error)")
        }
    }

    func close() {
        // What is written was read already: closing can lose nothing.
        try? descriptor.close()
    }
}
