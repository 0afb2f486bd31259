import TreenityProtocol
import TreenityStore

/// Draws the line at the top: where we are connected to, and how it goes.
struct StatusView {
    let model: Model
    let width: Int

    private var theme: Theme { model.settings.theme }
    private var glyphs: Glyphs { model.settings.glyphs }

    func line() -> LineBuilder {
        var line = LineBuilder(width: width, glyphs: glyphs)
        line.add(" treenity ", theme.barStrong)
        let right = right()
        let state = state()
        let reserved = ([state] + right).reduce(0) { $0 + DisplayText($1.0).columns }
        let address = "\(model.settings.user)@\(model.settings.address)"
        if line.room - reserved > 12 { line.add(" \(address) ", theme.bar, limit: line.room - reserved - 2) }
        line.add(" \(state.0)", onBar(state.1))
        var kept = right
        while !kept.isEmpty, kept.reduce(1, { $0 + DisplayText($1.0).columns }) > line.room { kept.removeFirst() }
        line.addRight(kept, theme.bar)
        return line.filled(theme.bar)
    }

    private func state() -> (String, Style) {
        switch model.connection {
        case .connecting(let attempt):
            return ("\(glyphs.offline) connecting" + (attempt > 1 ? " (\(attempt))" : ""), theme.warning)
        case .live(let session):
            let latency = session.latency.map { " \($0) ms" } ?? ""
            let kind = session.welcome == nil ? "live (bare)" : "live"
            let loading = model.isLoading ? " loading \(Human.grouped(Int64(model.tree.nodeCount)))" : ""
            return ("\(glyphs.live) \(kind)\(latency)\(loading)", theme.good)
        case .offline(let reason, let since, let retryAt):
            let down = Human.duration(milliseconds: model.now.milliseconds - since.milliseconds)
            let wait = max(0, (retryAt.milliseconds - model.now.milliseconds + 999) / 1_000)
            let again = wait > 0 ? "retry in \(wait) s (R now)" : "connecting"
            return ("\(glyphs.offline) offline \(down) \(glyphs.dot) \(again) \(glyphs.dot) \(reason)", theme.failure)
        case .ended(let reason):
            return ("\(glyphs.offline) \(reason)", theme.failure)
        }
    }

    private func right() -> [(String, Style)] {
        var parts: [(String, Style)] = []
        if model.connection.session != nil {
            parts.append(("  \(glyphs.incoming)\(model.traffic.rate)/s", theme.bar))
            if let seq = model.seq { parts.append(("  seq \(Human.grouped(seq.value))", theme.bar)) }
            let users = Set(model.presences.map(\.user)).count
            if users > 1 { parts.append(("  \(users) users", theme.bar)) }
        }
        if model.hasUnsentEdits { parts.append(("  \(model.replica.pending.count) pending", theme.warning)) }
        parts.append(("  \(Human.time(model.now, offset: model.settings.utcOffset)) ", theme.barStrong))
        return parts.map { ($0.0, onBar($0.1)) }
    }

    private func onBar(_ style: Style) -> Style {
        Style(
            foreground: style.foreground, background: theme.bar.background,
            attributes: style.attributes.union(theme.bar.attributes))
    }
}
