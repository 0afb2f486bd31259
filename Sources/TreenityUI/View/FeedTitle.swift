import TreenityProtocol

/// What the line above the patches says: whether they are followed, and which are shown; with less room, less of it.
struct FeedTitle: Drawing {
    let model: Model
    let size: Size

    var text: String {
        let feed = model.feed
        var parts = ["patches", position]
        if let filter = feed.scope.filter { parts.append("filter: \(filter.text)") }
        if let subtree = feed.scope.subtree { parts.append("only \(subtree.shortened(to: 2, glyphs))") }
        if !feed.scope.muted.isEmpty {
            parts.append("muted: " + feed.scope.muted.map { $0.shortened(to: 2, glyphs) }.joined(separator: ", "))
        }
        if feed.isScanning { parts.append("looking at older ones") }
        for part in [chart, total] {
            guard let part, width(of: parts + [part]) <= size.columns - 3 else { continue }
            parts.append(part)
        }
        return joined(parts)
    }

    private var position: String {
        let feed = model.feed
        if feed.selection == nil, feed.horizon == nil { return "following" }
        return "\(glyphs.more) \(Human.grouped(feed.hiddenBelow(height: size.rows))) new"
    }

    /// How many patches came, in a column for every second.
    private var chart: String? {
        guard !glyphs.heights.isEmpty, size.columns >= 80 else { return nil }
        let rates = model.traffic.rates.drop { $0 == 0 }
        guard let most = rates.max(), most > 0 else { return nil }
        let top = glyphs.heights.count - 1
        return rates.map { glyphs.heights[$0 == 0 ? 0 : max(1, $0 * top / most)] }.joined()
    }

    private var total: String? {
        model.feed.total > 0 ? "\(Human.grouped(model.feed.total)) in all" : nil
    }

    private func joined(_ parts: [String]) -> String { parts.joined(separator: " \(glyphs.dash) ") }
    private func width(of parts: [String]) -> Int { DisplayText(joined(parts)).columns }
}
