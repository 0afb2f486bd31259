import TreenityProtocol
import TreenityStore

/// Draws the line at the top: where we are connected to, and how it goes.
struct StatusView: Drawing {
    let model: Model
    let width: Int

    func line() -> LineBuilder {
        var line = LineBuilder(width: width, glyphs: glyphs)
        if frozen == nil || width >= 32 { line.add(" treenity ", theme.barStrong) }
        // Before all that may be left out.
        if model.settings.isUnverified { line.add(" ! unverified ", theme.onBar(theme.failure)) }
        if let frozen { line.add(frozen + " ", theme.onBar(theme.match)) }
        let state = state()
        // What matters most is kept longest; how things are may be cut, what waits may not.
        var right = right()
        let needed = min(DisplayText(state.0).columns, max(24, width / 2))
        while let least = right.indices.min(by: { right[$0].rank < right[$1].rank }),
            columns(of: right) + needed + 2 > line.room
        {
            right.remove(at: least)
        }
        let room = line.room - columns(of: right) - 1
        let address = " \(model.user)@\(model.settings.address) "
        let spare = room - DisplayText(state.0).columns - 2
        if spare > 12 { line.add(address, theme.bar, limit: spare) }
        line.add(" \(state.0)", theme.onBar(state.1), limit: line.room - columns(of: right))
        line.addRight(right.map { ($0.text, theme.onBar($0.style)) }, theme.bar)
        return line.filled(theme.bar)
    }

    /// The moment that is shown, and how much has come since.
    private var frozen: String? {
        guard let frozen = model.frozen else { return nil }
        let time = Human.time(frozen.moment, offset: model.settings.utcOffset)
        let missed = Human.grouped(max(0, model.toldEnd.told - frozen.position.number))
        let isUnderWay = frozen.target != nil
        return " \(glyphs.frozen) \(time) +\(missed)\(isUnderWay ? " …" : "")"
    }

    private func columns(of parts: [Part]) -> Int { parts.reduce(0) { $0 + DisplayText($1.text).columns } }

    /// A piece of the right end; of a higher rank, the more it matters.
    private struct Part {
        var text: String
        var style: Style
        var rank: Int
    }

    private func state() -> (String, Style) {
        switch model.connection {
        case .connecting(let attempt):
            return ("\(glyphs.offline) connecting" + (attempt > 1 ? " (\(attempt))" : ""), theme.warning)
        case .live(let session) where session.isSilent:
            let silence = Human.duration(milliseconds: model.now.milliseconds - session.heard.milliseconds)
            return ("\(glyphs.offline) nothing heard for \(silence) (R reconnects)", theme.warning)
        case .live(let session):
            let latency = session.latency.map { " \($0) ms" } ?? ""
            let kind = session.welcome == nil ? "live (bare)" : "live"
            let loading = model.isLoading ? " loading \(Human.grouped(model.tree.nodeCount))" : ""
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

    private func right() -> [Part] {
        var parts: [Part] = []
        if model.connection.session != nil {
            parts.append(Part(text: "  \(glyphs.incoming)\(model.traffic.rate)/s", style: theme.bar, rank: 2))
            if let seq = model.toldSeq.told {
                parts.append(Part(text: "  seq \(Human.grouped(seq.value))", style: theme.bar, rank: 1))
            }
            let users = Set(model.presences.map(\.user)).count
            if users > 1 { parts.append(Part(text: "  \(users) users", style: theme.bar, rank: 0)) }
        }
        if let words = model.protectionWords {
            parts.append(Part(text: "  \(words)", style: model.protectionStyle ?? theme.bar, rank: 6))
        }
        if !model.acts.marked.isEmpty {
            parts.append(Part(text: "  \(model.acts.marked.count) marked", style: theme.warning, rank: 5))
        }
        if !model.acts.refused.isEmpty {
            parts.append(Part(text: "  \(model.acts.refused.count) refused", style: theme.failure, rank: 4))
        }
        if model.hasUnsentEdits {
            parts.append(Part(text: "  \(model.replica.pending.count) pending", style: theme.warning, rank: 4))
        }
        guard model.settings.showsClock else { return parts }
        let time = Human.time(model.now, offset: model.settings.utcOffset)
        return parts + [Part(text: "  \(time) ", style: theme.barStrong, rank: 3)]
    }
}
