import Foundation
import Logging
import TreenityProtocol

/// Logs a JSON object a line on standard error: `time` (RFC 3339, UTC), `level`, `label`, `message`, and what belongs to it.
struct JSONLogHandler: LogHandler {
    let label: String
    var logLevel = Logger.Level.info
    var metadata: Logger.Metadata = [:]
    var metadataProvider: Logger.MetadataProvider?

    init(label: String) {
        self.label = label
    }

    subscript(metadataKey key: String) -> Logger.MetadataValue? {
        get { metadata[key] }
        set { metadata[key] = newValue }
    }

    func log(event: LogEvent) {
        StandardError.write(line(event, at: .now))
    }

    func line(_ event: LogEvent, at time: Date) -> String {
        let all = metadata.merging(metadataProvider?.get() ?? [:]) { $1 }.merging(event.metadata ?? [:]) { $1 }
        var members = [
            JSONValue.Member(
                key: "time", value: .string(time.formatted(Date.ISO8601FormatStyle(includingFractionalSeconds: true)))),
            JSONValue.Member(key: "level", value: .string(event.level.rawValue)),
            JSONValue.Member(key: "label", value: .string(label)),
            JSONValue.Member(key: "message", value: .string(event.message.description)),
        ]
        members += all.sorted { $0.key < $1.key }.map { JSONValue.Member(key: $0.key, value: .string("\($0.value)")) }
        return JSONValue.object(members).text
    }
}
