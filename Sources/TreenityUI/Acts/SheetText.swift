import TreenityProtocol
import TreenityStore

/// The lines of a sheet, before they are drawn.
struct SheetText {
    /// One line: a word that says what it is about, and the rest.
    struct Row {
        var label = ""
        var text: String
        var weight = Notice.Weight.information
    }

    private(set) var rows: [Row] = []

    /// - Parameter width: what is longer goes on in the next line, where it is text to be read.
    init(_ sheet: Sheet, of model: Model, width: Int) {
        switch sheet.content {
        case .plan(_, let plan): add(plan, model)
        case .result(let result): add(result, width)
        case .refused: for act in model.acts.refused { add(act) }
        }
    }

    // MARK: Undo

    private static let mostPatches = 200

    private mutating func add(_ plan: UndoPlan, _ model: Model) {
        for disturbance in plan.disturbances.prefix(SheetText.mostPatches) { add(disturbance, model) }
        if plan.restoredNodes > 0 {
            rows.append(Row(text: Human.counted(plan.restoredNodes, "node comes back", "nodes come back")))
        }
        if plan.removedNodes > 0 {
            rows.append(Row(text: Human.counted(plan.removedNodes, "node goes", "nodes go"), weight: .warning))
        }
        if !rows.isEmpty { rows.append(Row(text: "")) }
        for patch in plan.patches.prefix(SheetText.mostPatches) { add(patch, model.tree) }
        let rest = plan.patches.count - SheetText.mostPatches
        if rest > 0 { rows.append(Row(text: "and \(rest) more changes")) }
    }

    private mutating func add(_ disturbance: UndoPlan.Disturbance, _ model: Model) {
        func words(_ stamp: Stamp) -> String {
            let age = Human.age(from: stamp.timestamp, to: model.serverNow)
            return "by \(stamp.sender.isEmpty ? "somebody" : stamp.sender) \(age) ago"
        }
        let text =
            switch disturbance.kind {
            case .changed(let stamp): "\(disturbance.path) was changed since, \(words(stamp))"
            case .gone: "\(disturbance.path) is gone"
            case .occupied(let stamp): "\(disturbance.path) was put there since, \(words(stamp))"
            }
        rows.append(Row(label: "!", text: text, weight: .warning))
    }

    private mutating func add(_ patch: Patch, _ tree: Replica) {
        switch patch.operation {
        case .add(let value):
            rows.append(Row(label: "+", text: "\(patch.path)  \(value.brief())"))
        case .edit(let value):
            for member in value.members ?? [] {
                let name = try? Name(member.key)
                let old = name.flatMap { tree.json(at: patch.path.appending($0)) }
                let before = old.map { "\($0.brief(limit: 60)) → " } ?? ""
                rows.append(Row(label: "~", text: "\(patch.path)/\(member.key)  \(before)\(member.value.brief())"))
            }
            if !value.isObject {
                let before = tree.json(at: patch.path).map { "\($0.brief(limit: 60)) → " } ?? ""
                rows.append(Row(label: "~", text: "\(patch.path)  \(before)\(value.brief())"))
            }
        case .delete:
            rows.append(Row(label: "-", text: patch.path.text, weight: .warning))
        case .move(let target):
            rows.append(Row(label: "»", text: "\(patch.path) → \(target)"))
        case .execute:
            rows.append(Row(label: "!", text: patch.path.text))
        }
    }

    // MARK: Results

    private mutating func add(_ result: ActionResult, _ width: Int) {
        switch result.outcome {
        case .success(let value):
            if let text = value.string {
                add(lines: text, width)
            } else {
                rows += JSONLine.lines(of: value).map { line in
                    Row(text: String(repeating: "  ", count: line.depth) + line.key + line.text)
                }
            }
        case .failure(let refusal):
            rows.append(Row(label: "!", text: refusal.code.rawValue, weight: .failure))
            add(lines: refusal.message, width)
        }
    }

    private mutating func add(lines text: String, _ width: Int) {
        for line in text.split(omittingEmptySubsequences: false, whereSeparator: \.isNewline) {
            var rest = line
            repeat {
                rows.append(Row(text: String(rest.prefix(max(1, width)))))
                rest = rest.dropFirst(max(1, width))
            } while !rest.isEmpty
        }
    }

    // MARK: Refused edits

    private mutating func add(_ act: RefusedAct) {
        let patches = act.edit.patches
        let place = act.refusal.index.flatMap { patches.indices.contains($0) ? $0 : nil } ?? 0
        guard patches.indices.contains(place) else { return rows.append(Row(text: "")) }
        let patch = patches[place]
        let value =
            switch patch.operation {
            case .add(let value), .edit(let value): "  \(value.brief(limit: 80))"
            case .move(let target): " → \(target)"
            case .execute(let value): "  \(value?.brief(limit: 80) ?? "")"
            case .delete: ""
            }
        let others = patches.count > 1 ? "  with \(patches.count - 1) others" : ""
        rows.append(
            Row(
                label: patch.operation.name,
                text: "\(act.refusal.message)  \(patch.path)\(value)\(others)", weight: .failure))
    }
}
