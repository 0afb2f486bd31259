import Foundation
import Logging

/// What is said to the user beside the data: messages and the log.
enum StandardError {
    static func write(_ line: String) {
        // Where nobody reads it, nobody misses it.
        try? FileHandle.standardError.write(contentsOf: Data((line + "\n").utf8))
    }

    static func logger(_ label: String) -> any LogHandler {
        StreamLogHandler.standardError(label: label)
    }
}

/// What went wrong, said to the user as it is.
struct Failure: Error, CustomStringConvertible {
    let description: String

    init(_ description: String) {
        self.description = description
    }
}
