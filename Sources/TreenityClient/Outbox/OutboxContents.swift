/// The user's edits that still matter: what all records together come to.
public struct OutboxContents: Sendable {
    private struct Entry {
        var edit: OutboxEdit
        var refusal: RefusedOutboxEdit?
        var place: Int
    }

    private var entries: [String: Entry] = [:]
    private var nextPlace = 0

    /// No edits.
    public init() {}

    /// Whether there are no edits.
    public var isEmpty: Bool { entries.isEmpty }

    /// The edits that the server has not answered, in the order in which they were made. O(n log n).
    public var unanswered: [OutboxEdit] {
        ordered.compactMap { $0.refusal == nil ? $0.edit : nil }
    }

    /// The edits that the server did not take and that were neither repeated nor dropped, in the order in which they
    /// were refused. O(n log n).
    public var refused: [RefusedOutboxEdit] { ordered.compactMap(\.refusal) }

    private var ordered: [Entry] { entries.values.sorted { $0.place < $1.place } }

    /// Takes a record up. What it says of an edit that is not known is of no meaning. O(1).
    public mutating func apply(_ record: OutboxRecord) {
        switch record {
        case .edit(let edit):
            if entries[edit.id]?.refusal == nil, entries[edit.id] != nil {
                entries[edit.id]?.edit = edit
            } else {
                entries[edit.id] = Entry(edit: edit, place: takePlace())
            }
        case .refused(let id, let refusal):
            guard let edit = entries[id]?.edit else { return }
            let refused = RefusedOutboxEdit(edit: edit, refusal: refusal)
            entries[id] = Entry(edit: edit, refusal: refused, place: takePlace())
        case .settled(let id), .dropped(let id): entries[id] = nil
        }
    }

    /// Takes up what another outbox holds, behind what is here. An edit that both hold is as it is here.
    mutating func adopt(_ other: OutboxContents) {
        for var entry in other.ordered where entries[entry.edit.id] == nil {
            entry.place = takePlace()
            entries[entry.edit.id] = entry
        }
    }

    private mutating func takePlace() -> Int {
        defer { nextPlace += 1 }
        return nextPlace
    }

    /// The fewest records that come to the same.
    var records: [OutboxRecord] {
        ordered.flatMap { entry in
            [.edit(entry.edit)] + (entry.refusal.map { [.refused(entry.edit.id, $0.refusal)] } ?? [])
        }
    }
}
