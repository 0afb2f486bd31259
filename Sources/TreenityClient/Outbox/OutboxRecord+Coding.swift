import TreenityProtocol

/// One JSON object a line, in UTF-8:
///
/// ```
/// {"v":1,"edit":{"type":"PATCH","id":"c1",…},"epoch":"…"}
/// {"v":1,"settled":"c1"}
/// {"v":1,"refused":{"type":"ERROR","id":"c1","code":"exists",…}}
/// {"v":1,"dropped":"c1"}
/// ```
///
/// Edits and refusals stand there as they travel.
extension OutboxRecord {
    /// The version of the format that is written, and the newest that is read.
    static let version: Int64 = 1

    /// The line, with its end.
    var line: [UInt8] {
        let members =
            switch self {
            case .edit(let edit):
                [JSONValue.Member(key: "edit", value: JSONValue(canonical: String(utf8: edit.frame.encoded())))]
                    + (edit.epoch.map { [JSONValue.Member(key: "epoch", value: .string($0))] } ?? [])
            case .settled(let id): [JSONValue.Member(key: "settled", value: .string(id))]
            case .refused(let id, let refusal):
                [
                    JSONValue.Member(
                        key: "refused",
                        value: JSONValue(canonical: String(utf8: ServerFrame.error(id: id, refusal).encoded())))
                ]
            case .dropped(let id): [JSONValue.Member(key: "dropped", value: .string(id))]
            }
        let version = JSONValue.Member(key: "v", value: .integer(OutboxRecord.version))
        return Array(JSONValue.object([version] + members).text.utf8) + [UInt8(ascii: "\n")]
    }

    /// What a line is.
    enum Line: Hashable, Sendable {
        case record(OutboxRecord)
        /// A newer version of the program wrote it.
        case newer
        case damaged
    }

    /// Reads a line without its end.
    static func read(_ line: [UInt8]) -> Line {
        guard let members = (try? JSONValue(parsing: line))?.members else { return .damaged }
        let values = Dictionary(members.map { ($0.key, $0.value) }) { $1 }
        guard let version = values["v"]?.integer, version > 0 else { return .damaged }
        guard version <= OutboxRecord.version else { return .newer }
        return OutboxRecord(values).map(Line.record) ?? .damaged
    }

    private init?(_ values: [String: JSONValue]) {
        if let frame = values["edit"] {
            let frames = ClientFrame.decode(Array(frame.text.utf8))
            guard frames.count == 1, let frame = try? frames[0].get(),
                let edit = OutboxEdit(frame, epoch: values["epoch"]?.string)
            else { return nil }
            self = .edit(edit)
        } else if let id = values["settled"]?.string {
            self = .settled(id)
        } else if let frame = values["refused"] {
            guard case .error(let id?, let refusal)? = (try? ServerFrame.decode(Array(frame.text.utf8)))?.first
            else { return nil }
            self = .refused(id, refusal)
        } else if let id = values["dropped"]?.string {
            self = .dropped(id)
        } else {
            return nil
        }
    }
}

extension String {
    fileprivate init(utf8 bytes: [UInt8]) { self.init(decoding: bytes, as: UTF8.self) }
}
