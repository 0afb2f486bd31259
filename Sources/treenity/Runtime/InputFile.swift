import Foundation

/// A file that is named on the command line; `-` is standard input.
enum InputFile {
    /// Its name for people, and what it holds.
    static func read(_ name: String) throws -> (name: String, bytes: [UInt8]) {
        let shown = name == "-" ? "standard input" : name
        do {
            let data =
                name == "-"
                ? try FileHandle.standardInput.readToEnd() ?? Data() : try Data(contentsOf: URL(fileURLWithPath: name))
            return (shown, Array(data))
        } catch {
            throw Failure("cannot read \(shown): \(error.localizedDescription)")
        }
    }
}
