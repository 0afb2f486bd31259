import TreenityProtocol
import TreenitySequencer

/// Who looks where.
extension Exchange {
    mutating func note(_ presence: TreePath?, in visit: inout Visit) {
        presenceCount += 1
        visit.session.presence = presence
        visit.session.presenceNumber = presenceCount
        visit.reaction.movesPresence = true
    }

    /// Who looks where, for every session, as far as it may see that. Where these are more than one frame may hold, it
    /// tells of those who moved last.
    func presences() -> [Delivery] {
        let sessions = sessions.filter { $0.value.dialect == .frames }
        let present = sessions.values.filter { $0.presence != nil }
            .sorted { $0.presenceNumber > $1.presenceNumber }
            .map { Presence(session: $0.name, user: $0.user, path: $0.presence) }
        let readers = Dictionary(grouping: sessions) { $0.value.rights.read }
        return readers.map { readable, sessions in
            let seen = present.lazy.filter { presence in
                presence.path.map { path in readable.contains { path.isWithin($0) } } == true
            }
            return Delivery(to: sessions.map(\.key), .frames([.presence(beginning(of: seen))]))
        }
    }

    /// As many as fit in a frame.
    private func beginning(of presences: some Sequence<Presence>) -> [Presence] {
        var bytes = 0
        return Array(
            presences.prefix { presence in
                bytes += presence.approximateBytes
                return bytes <= limits.maximumPresenceBytes
            })
    }
}

extension Presence {
    /// With the names of its members.
    fileprivate var approximateBytes: Int {
        40 + session.utf8.count + user.utf8.count + (path?.text.utf8.count ?? 0)
    }
}
