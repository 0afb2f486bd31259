import ArgumentParser
import Logging

/// What a server says of itself, on standard error.
struct LogOptions: ParsableArguments {
    enum Format: String, CaseIterable, ExpressibleByArgument {
        case text
        case json
    }

    @Option(
        help: ArgumentHelp(
            "Log what is at least so important: \(Logger.Level.allCases.map(\.rawValue).joined(separator: ", ")).",
            valueName: "level"),
        transform: LogOptions.level)
    var logLevel = Logger.Level.info

    @Option(help: "Log lines of text, or JSON objects.")
    var logFormat = Format.text

    func logger(_ label: String) -> Logger {
        var logger = Logger(label: label) { label in
            switch logFormat {
            case .text: StreamLogHandler.standardError(label: label)
            case .json: JSONLogHandler(label: label)
            }
        }
        logger.logLevel = logLevel
        return logger
    }

    @Sendable private static func level(_ text: String) throws -> Logger.Level {
        guard let level = Logger.Level(rawValue: text) else { throw ValidationError("“\(text)” is no level") }
        return level
    }
}
