import TreenityProtocol
import TreenitySequencer

extension Verdict {
    /// The verdict in one line: what is sent on, and what the sender is told.
    var brief: String {
        switch self {
        case .admitted(let admissions, let answer):
            admissions.map(\.patch.brief).joined(separator: ", ") + answer.briefly
        case .nothing(let answer): "nothing #\(answer.seq.value)" + answer.briefly
        case .repeated(let answer): "repeated #\(answer.seq.value)" + answer.briefly
        case .refused(let refusal): refusal.code.rawValue + (refusal.index.map { " at \($0)" } ?? "")
        }
    }
}

extension Verdict {
    /// All that anyone is told of the verdict.
    var told: Told {
        switch self {
        case .admitted(let admissions, let answer): Told(patches: admissions.map(\.patch), answer: answer)
        case .nothing(let answer): Told(answer: answer)
        case .repeated(let answer): Told(answer: answer, isRepeated: true)
        case .refused(let refusal): Told(refusal: refusal)
        }
    }

    struct Told: Hashable {
        var patches: [Patch] = []
        var answer: Answer?
        var isRepeated = false
        var refusal: Refusal?
    }
}

extension Answer {
    fileprivate var briefly: String { superseded.isEmpty ? "" : " superseded \(superseded)" }
}

extension Patch {
    /// The patch in one line.
    var brief: String {
        let what =
            switch operation {
            case .add(let value), .edit(let value): " \(value)"
            case .move(let target): " to \(target)"
            case .delete, .execute: ""
            }
        return "\(operation.name) \(path)\(what)" + (seq.map { " #\($0.value)" } ?? "")
    }
}
