import TreenityProtocol
import TreenityStore

/// The first line of a state: what it is, and how much follows.
struct StateHead {
    static let format = "treenity-state"
    /// The version that is written, and the newest that can be read.
    static let version: Int64 = 1

    var epoch: String
    var seq: SequenceNumber
    /// As ``ReplicaSaving/head`` says it.
    var tree: JSONValue
    var answers: Int

    /// As it stands in the state.
    var json: JSONValue {
        [
            "format": .string(StateHead.format), "version": .integer(StateHead.version), "epoch": .string(epoch),
            "seq": .integer(seq.value), "tree": tree, "answers": .integer(answers),
        ]
    }
}

extension StateHead {
    /// Reads the first line.
    ///
    /// - Throws: ``StateError`` where it begins nothing that can be read.
    init(from reader: inout StateReader) throws(StateError) {
        guard !reader.isAtEnd() else { throw StateError("the saved state is empty") }
        guard let json = try? reader.value(), json["format"]?.string == StateHead.format,
            let version = json["version"]?.integer
        else { throw StateError("this is no saved state, or its first line is damaged") }
        guard version <= StateHead.version else {
            throw StateError(
                "the saved state is of version \(version), and this treenity reads up to \(StateHead.version): "
                    + "use a newer one")
        }
        guard version == StateHead.version, let epoch = json["epoch"]?.string,
            let seq = json["seq"]?.integer, seq >= 0, let tree = json["tree"],
            let answers = json["answers"]?.integer, answers >= 0
        else { throw reader.error("its first line lacks what follows") }
        self.init(epoch: epoch, seq: SequenceNumber(seq), tree: tree, answers: Int(answers))
    }
}
