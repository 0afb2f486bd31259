import ArgumentParser
import Logging
import TreenityDataFile

/// Where a server keeps its tree.
struct DataOptions: ParsableArguments {
    @Option(
        help: ArgumentHelp(
            "Keep the tree in this file; without it, it is gone when the server ends.", valueName: "file"))
    var data: String?

    @Option(help: ArgumentHelp("Drop what the history holds that is older.", valueName: "age"))
    var keep = Age(seconds: 30 * 86_400)

    @Option(help: ArgumentHelp("Keep so much history in the file.", valueName: "size"))
    var keepSize = ByteCount(1 << 30)

    func open(_ logger: Logger) throws -> DataFile? {
        guard let data else { return nil }
        var options = DataFileOptions(logger: logger)
        options.keepAge = keep.duration
        options.keepBytes = keepSize.bytes
        do {
            return try DataFile(at: data, options)
        } catch {
            throw Failure(error.description)
        }
    }
}
