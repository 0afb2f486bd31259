import TreenityProtocol

/// The answers given to the newest patches and batches that carried an `id`, so that a repeated one is not applied twice.
///
/// Each user's oldest answer goes where that user has too many, the oldest of all where there are too many in all.
struct AnswerMemory: Sendable {
    /// An `id` is unique over all sessions of its user.
    struct Key: Hashable, Sendable {
        var user: String
        var id: String

        static func == (one: Key, other: Key) -> Bool {
            one.id.hasSameBytes(as: other.id) && one.user.hasSameBytes(as: other.user)
        }

        func hash(into hasher: inout Hasher) {
            id.hashBytes(into: &hasher)
            user.hashBytes(into: &hasher)
        }
    }

    /// An answer in its place in the list of all, and in that of its user's.
    private struct Entry: Sendable {
        let key: Key
        let answer: Answer
        var older: Int?
        var newer: Int?
        var usersNewer: Int?
    }

    /// The ends of one list, and its length.
    fileprivate struct Ends: Sendable {
        var oldest: Int
        var newest: Int
        var count: Int
    }

    private let capacity: Int
    private let capacityPerUser: Int
    private var places: [Key: Int] = [:]
    private var entries: [Entry] = []
    private var free: [Int] = []
    private var all: Ends?
    /// By the user, in a key without an `id`.
    private var users: [Key: Ends] = [:]

    init(capacity: Int, perUser: Int) {
        precondition(capacity > 0 && perUser > 0, "a memory that holds nothing recognises nothing")
        self.capacity = capacity
        capacityPerUser = perUser
    }

    /// O(1).
    subscript(key: Key) -> Answer? { places[key].map { entries[$0].answer } }

    /// Keeps an answer, in the place of the oldest one where there are too many. O(1).
    ///
    /// - Precondition: there is none yet under this key.
    mutating func remember(_ answer: Answer, for key: Key) {
        precondition(places[key] == nil, "the first answer stands")
        let user = Key(user: key.user, id: "")
        if let own = users[user], own.count == capacityPerUser {
            forgetOldest(of: user)
        } else if let all, all.count == capacity {
            forgetOldest(of: Key(user: entries[all.oldest].key.user, id: ""))
        }
        let place = seat(Entry(key: key, answer: answer, older: all?.newest))
        places[key] = place
        if let newest = all?.newest { entries[newest].newer = place }
        if let newest = users[user]?.newest { entries[newest].usersNewer = place }
        all = all.extended(by: place)
        users[user] = users[user].extended(by: place)
    }

    private mutating func seat(_ entry: Entry) -> Int {
        guard let place = free.popLast() else {
            entries.append(entry)
            return entries.count - 1
        }
        entries[place] = entry
        return place
    }

    /// The oldest of all is also the oldest of its user's, so that this is the only way in which answers go.
    private mutating func forgetOldest(of user: Key) {
        guard let ends = users[user] else { return }
        let entry = entries[ends.oldest]
        if let older = entry.older { entries[older].newer = entry.newer }
        if let newer = entry.newer { entries[newer].older = entry.older }
        all?.count -= 1
        if let newer = entry.newer, all?.oldest == ends.oldest { all?.oldest = newer }
        if let older = entry.older, all?.newest == ends.oldest { all?.newest = older }
        if all?.count == 0 { all = nil }
        users[user] = entry.usersNewer.map { Ends(oldest: $0, newest: ends.newest, count: ends.count - 1) }
        places[entry.key] = nil
        free.append(ends.oldest)
    }
}

extension Optional<AnswerMemory.Ends> {
    fileprivate func extended(by place: Int) -> AnswerMemory.Ends {
        guard var ends = self else { return AnswerMemory.Ends(oldest: place, newest: place, count: 1) }
        ends.newest = place
        ends.count += 1
        return ends
    }
}
