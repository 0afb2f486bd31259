import TreenityProtocol
import TreenityStore

/// The question whether a patch is to be taken back, with what that would do.
struct RevertQuestion: Sendable {
    let title: String
    let plan: UndoPlan
    var scroll = 0
}

extension Model {
    /// Asks before the patch under the cursor of the feed is taken back.
    mutating func askToRevert() {
        guard mayChange() else { return }
        guard let entry = feed.selected else {
            notice = .information("select a patch first: Tab to the patches, then k")
            return
        }
        guard case .applied = entry.outcome, let last = feed.history[History.Position(entry.changes.upperBound)] else {
            notice = .information("this patch changed nothing")
            return
        }
        let first = feed.history[max(History.Position(entry.changes.lowerBound), feed.history.start.next)]
        let plan = replica.tree.plan(reverting: last.change, since: first?.change)
        guard !plan.patches.isEmpty else {
            notice = .information(
                plan.disturbances.first.map { "nothing is left to revert: \(words(for: $0))" }
                    ?? "nothing is left to revert: all is as it was before")
            return
        }
        dialog = .feed(
            .revert(RevertQuestion(title: "revert \(entry.patch.operation.name) \(entry.patch.path)", plan: plan)))
    }

    mutating func press(_ key: Key, in question: RevertQuestion) -> [Effect] {
        var question = question
        switch key {
        case .character("y"), .character("Y"):
            dialog = nil
            return send(question.plan.patches) ? flush() : []
        case .down, .up, .character("j"), .character("k"), .pageDown, .pageUp:
            question.scroll = PageMotion.scrolled(
                question.scroll, key, rows: rows(of: question).count, height: pageHeight)
            dialog = .feed(.revert(question))
        default:
            dialog = nil
            notice = .information("nothing was done")
        }
        return []
    }

    /// What the question shows: what would be sent, and what is otherwise than the patch left it.
    func rows(of question: RevertQuestion) -> [(text: String, style: Style)] {
        let (theme, plan) = (settings.theme, question.plan)
        var rows = [("This would be sent:", theme.faint)]
        for patch in plan.patches {
            var text = "  \(patch.operation.name)  \(patch.path)"
            if case .move(let target) = patch.operation { text += "  \(settings.glyphs.arrow)  \(target)" }
            if let value = patch.operation.value { text += "  \(value.brief(limit: size.columns))" }
            rows.append((text, theme.text))
        }
        if plan.removedNodes > 0 {
            rows.append(("\(Human.counted(plan.removedNodes, "node")) would go.", theme.warning))
        }
        if plan.restoredNodes > 0 {
            rows.append(("\(Human.counted(plan.restoredNodes, "node")) would come back.", theme.text))
        }
        if !plan.disturbances.isEmpty { rows.append(("Not as this patch left it:", theme.faint)) }
        for disturbance in plan.disturbances { rows.append(("  " + words(for: disturbance), theme.warning)) }
        return rows
    }

    private func words(for disturbance: UndoPlan.Disturbance) -> String {
        func told(_ what: String, _ stamp: Stamp) -> String {
            let age = Human.age(from: stamp.timestamp, to: serverNow)
            return "\(disturbance.path) \(what)\(stamp.sender.isEmpty ? "" : " by \(stamp.sender)") \(age) ago"
        }
        return switch disturbance.kind {
        case .changed(let stamp): told("was changed", stamp)
        case .occupied(let stamp): told("was put there", stamp)
        case .gone: "\(disturbance.path) is gone"
        }
    }
}
