import Foundation

/// The data that a command was asked for.
enum StandardOutput {
    static func write(_ text: String) throws {
        do {
            try FileHandle.standardOutput.write(contentsOf: Data(text.utf8))
        } catch {
            throw Failure("cannot write to standard output: \(error.localizedDescription)")
        }
    }
}
