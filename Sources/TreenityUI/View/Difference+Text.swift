import TreenityProtocol

extension FeedEntry.Difference {
    /// Before and after, as they stand beside one another; `nil`: nothing was there.
    ///
    /// - Parameters:
    ///   - limit: about how many characters are of interest.
    ///   - room: the columns for what was before. Of two texts of which the first takes more, the beginning that they share
    ///     is left out but for a few letters, so that what differs is in sight.
    func told(limit: Int, room: Int, _ glyphs: Glyphs) -> (old: String?, new: String?) {
        let (old, new) = (old?.told(limit: limit), new?.told(limit: limit))
        guard self.old?.kind == .string, self.new?.kind == .string, let old, let new,
            DisplayText(old, limit: room + 1).columns > room
        else { return (old, new) }
        let shared = zip(old.utf8, new.utf8).prefix { $0 == $1 }.count
        let end = old.utf8.index(old.startIndex, offsetBy: shared)
        let context = FeedEntry.Difference.context
        guard let cut = old.index(end, offsetBy: -context, limitedBy: old.startIndex),
            let least = old.index(old.startIndex, offsetBy: context, limitedBy: cut), least < cut
        else { return (old, new) }
        let left = old.utf8.distance(from: old.startIndex, to: cut)
        return ("\(glyphs.ellipsis)\(old[cut...])", "\(glyphs.ellipsis)\(Substring(new.utf8.dropFirst(left)))")
    }

    /// So many letters stay before what differs.
    private static let context = 8
}
