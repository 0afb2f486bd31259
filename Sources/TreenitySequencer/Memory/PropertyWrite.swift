import TreenityProtocol
import TreenityStore

/// What happened to properties, so that a text edit can be told from one of another text.
enum PropertyWrite: Sendable {
    /// It was created, replaced, edited or deleted.
    case written(PropertyKey)
    /// A node came into being with its properties.
    case created(NodeID)
    /// It moved as it was.
    case renamed(from: PropertyKey, to: PropertyKey)
}

/// A property of which it is to be found out whether its value is still the one of an earlier place.
struct PropertyDoubt: Sendable {
    /// The property, as it was called at the place that the search has come to.
    var key: PropertyKey
    /// What happened to it after this place is known otherwise.
    let until: SequenceNumber
}

extension Chronicle<PropertyWrite> {
    /// Whether one of these properties was written after a place. O(writes since).
    func hasWrite(of doubts: [PropertyDoubt], after seq: SequenceNumber) -> Bool {
        var doubts = Dictionary(grouping: doubts) { $0.key.node }
        for entry in events(after: seq).reversed() {
            switch entry.event {
            case .written(let key):
                let found = doubts[key.node]?.first { $0.key == key }
                if let found, entry.seq <= found.until { return true }
            case .created(let node):
                if doubts[node] != nil { return true }
            case .renamed(let from, let to):
                guard let place = doubts[to.node]?.firstIndex(where: { $0.key == to }),
                    var doubt = doubts[to.node]?.remove(at: place)
                else { continue }
                doubt.key = from
                doubts[from.node, default: []].append(doubt)
            }
        }
        return false
    }
}
