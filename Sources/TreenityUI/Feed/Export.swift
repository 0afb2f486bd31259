public import TreenityProtocol
import TreenityStore

/// Patches that are to be written into a file, one JSON text a line.
public struct PatchExport: Equatable, Sendable {
    /// The file, as it was typed.
    public var file: String
    /// Oldest first.
    public var patches: [Patch]
}

/// Where to write them.
struct ExportQuestion: Sendable {
    var field: TextField
    /// So many of the shown rows tell of edits that were refused, which are no patches of the tree.
    let refused: Int

    /// What is to be said of the file.
    var remark: String {
        let form = "one JSON text a line"
        return refused == 0 ? form : "\(form), without \(Human.counted(refused, "refused edit"))"
    }
}

extension Model {
    mutating func askForExport() {
        guard !feed.isScanning else {
            notice = .information("older patches are still being looked at; again in a moment")
            return
        }
        let patches = shownPatches
        guard let first = patches.first, let last = patches.last else {
            notice = .information("no patch is shown")
            return
        }
        var name = "patches"
        if let first = first.seq, let last = last.seq { name += "-\(first.value)-\(last.value)" }
        let refused = (0..<feed.index.count).count { feed.isRefusal(feed.index[$0]) }
        dialog = .feed(.export(ExportQuestion(field: TextField(name + ".jsonl"), refused: refused)))
    }

    mutating func press(_ key: Key, in question: ExportQuestion) -> [Effect] {
        var question = question
        switch key {
        case .escape, .control("c"):
            dialog = nil
            notice = .information("nothing was written")
        case .enter where !question.field.text.isEmpty:
            dialog = nil
            return [.export(PatchExport(file: question.field.text, patches: shownPatches))]
        default:
            _ = question.field.press(key)
            dialog = .feed(.export(question))
        }
        return []
    }

    /// A file was written, or was not.
    mutating func exported(_ file: String, count: Int, problem: String?) {
        notice =
            problem.map { .failure("nothing was written to \(file): \($0)") }
            ?? .information("\(Human.counted(count, "patch", "patches")) written to \(file)")
    }

    /// The patches of all rows that pass the filters, oldest first; none that were refused.
    private var shownPatches: [Patch] {
        (0..<feed.index.count).flatMap { place in
            feed.changes(of: feed.index[place]).compactMap { feed.history[History.Position($0)]?.change.patch }
        }
    }
}
