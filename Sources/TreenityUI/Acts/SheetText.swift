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
        case .plan(_, let plan): add(plan, model, width)
        case .result(let result): add(result, width)
        case .refused: for act in model.acts.refused { add(act, model.settings.glyphs) }
        }
    }

    // MARK: Undo

    private static let mostPatches = 200

    private mutating func add(_ plan: UndoPlan, _ model: Model, _ width: Int) {
        for disturbance in plan.disturbances.prefix(SheetText.mostPatches) {
            add(row(of: disturbance, model), width)
        }
        if plan.restoredNodes > 0 {
            rows.append(Row(text: Human.counted(plan.restoredNodes, "node comes back", "nodes come back")))
        }
        if plan.removedNodes > 0 {
            rows.append(Row(text: Human.counted(plan.removedNodes, "node goes", "nodes go"), weight: .warning))
        }
        if !rows.isEmpty { rows.append(Row(text: "")) }
        for patch in plan.patches.prefix(SheetText.mostPatches) {
            for row in rows(of: patch, model.tree, model.settings.glyphs) { add(row, width) }
        }
        let rest = plan.patches.count - SheetText.mostPatches
        if rest > 0 { rows.append(Row(text: "and \(rest) more changes")) }
    }

    private func row(of disturbance: UndoPlan.Disturbance, _ model: Model) -> Row {
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
        return Row(label: "!", text: text, weight: .warning)
    }

    private func rows(of patch: Patch, _ tree: Replica, _ glyphs: Glyphs) -> [Row] {
        switch patch.operation {
        case .add(let value): return [Row(label: glyphs.added, text: "\(patch.path)  \(value.brief())")]
        case .edit(let value):
            guard let members = value.members else { return [row(of: value, at: patch.path, tree, glyphs)] }
            return members.map { member in
                row(of: member.value, at: patch.path.appending(Name(valid: member.key)), tree, glyphs)
            }
        case .delete: return [Row(label: "-", text: patch.path.text, weight: .warning)]
        case .move(let target): return [Row(label: glyphs.moved, text: "\(patch.path) \(glyphs.arrow) \(target)")]
        case .execute: return [Row(label: glyphs.executed, text: patch.path.text)]
        }
    }

    /// What is there, and what will be.
    private func row(of value: JSONValue, at path: TreePath, _ tree: Replica, _ glyphs: Glyphs) -> Row {
        let before = tree.json(at: path).map { "\($0.brief(limit: 60)) \(glyphs.arrow) " } ?? ""
        return Row(label: glyphs.edited, text: "\(path)  \(before)\(value.brief())")
    }

    // MARK: Results

    private mutating func add(_ result: ActionResult, _ width: Int) {
        switch result.outcome {
        case .success(let value):
            if let text = value.string {
                add(lines: text, width)
            } else {
                rows += result.lines.map { line in
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
            add(Row(text: String(line)), width)
        }
    }

    /// Adds a row, and as many below it as its text takes.
    private mutating func add(_ row: Row, _ width: Int) {
        let indent = row.label.isEmpty ? 0 : DisplayText(row.label).columns + 1
        var part = row
        part.text = ""
        var columns = 0
        for scalar in DisplayText(row.text).text.unicodeScalars {
            let next = ScalarDisplay(scalar).width
            if columns + next > max(2, width - indent) {
                rows.append(part)
                part = Row(text: String(repeating: " ", count: indent), weight: row.weight)
                columns = 0
            }
            part.text.unicodeScalars.append(scalar)
            columns += next
        }
        rows.append(part)
    }

    // MARK: Refused edits

    private mutating func add(_ act: RefusedAct, _ glyphs: Glyphs) {
        let patches = act.edit.patches
        let place = act.refusal.index.flatMap { patches.indices.contains($0) ? $0 : nil } ?? 0
        guard patches.indices.contains(place) else { return rows.append(Row(text: "")) }
        let patch = patches[place]
        let value =
            switch patch.operation {
            case .add(let value), .edit(let value): "  \(value.brief(limit: 80))"
            case .move(let target): " \(glyphs.arrow) \(target)"
            case .execute(let value): "  \(value?.brief(limit: 80) ?? "")"
            case .delete: ""
            }
        let others = patches.count > 1 ? "  with \(patches.count - 1) others" : ""
        rows.append(
            Row(
                label: patch.operation.name,
                text: "\(patch.path.shortened(to: 2, glyphs))  \(act.refusal.message)\(value)\(others)",
                weight: .failure))
    }
}
