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
        var answer: Answer
        /// Which of the users' lists it is in.
        let list: Int
        var older: Int?
        var newer: Int?
        var usersOlder: Int?
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
    private let capacityBytes: Int
    /// What the results of actions take.
    private var bytes = 0
    private var places: [Key: Int] = [:]
    private var entries: [Entry] = []
    private var free: [Int] = []
    private var all: Ends?
    /// Of each user who has answers the list of these, by the user, in a key without an `id`.
    private var users: [Key: Int] = [:]
    private var lists: [Ends?] = []
    private var freeLists: [Int] = []

    init(_ bounds: MemoryBounds) {
        precondition(
            bounds.answers > 0 && bounds.answersPerUser > 0, "a memory that holds nothing recognises nothing")
        capacity = bounds.answers
        capacityPerUser = bounds.answersPerUser
        capacityBytes = bounds.resultBytes
    }

    /// O(1).
    subscript(key: Key) -> Answer? { places[key].map { entries[$0].answer } }

    /// All that is remembered, oldest first. O(1) a step.
    var remembered: some Sequence<(key: Key, answer: Answer)> {
        sequence(state: all?.oldest) { place -> (key: Key, answer: Answer)? in
            guard let entry = place.map({ entries[$0] }) else { return nil }
            place = entry.newer
            return (entry.key, entry.answer)
        }
    }

    /// How many are remembered.
    var count: Int { all?.count ?? 0 }

    /// Keeps an answer, in the place of the oldest one where there are too many. O(1).
    ///
    /// - Precondition: there is none yet under this key.
    mutating func remember(_ answer: Answer, for key: Key) {
        let list = list(of: Key(user: key.user, id: ""))
        let place = seat(
            Entry(key: key, answer: answer, list: list, older: all?.newest, usersOlder: lists[list]?.newest))
        let known = places.updateValue(place, forKey: key)
        precondition(known == nil, "the first answer stands")
        if let newest = all?.newest { entries[newest].newer = place }
        if let newest = lists[list]?.newest { entries[newest].usersNewer = place }
        let (all, own) = (all.extended(by: place), lists[list].extended(by: place))
        self.all = all
        lists[list] = own
        if own.count > capacityPerUser {
            forget(own.oldest)
        } else if all.count > capacity {
            forget(all.oldest)
        }
        bytes += answer.bytesApart
        keepWithinBytes()
    }

    /// An answer is another now. O(1).
    ///
    /// - Precondition: there is one under this key.
    mutating func replace(_ answer: Answer, for key: Key) {
        guard let place = places[key] else { preconditionFailure("no answer to replace") }
        bytes += answer.bytesApart - entries[place].answer.bytesApart
        entries[place].answer = answer
        keepWithinBytes()
    }

    private mutating func keepWithinBytes() {
        while bytes > capacityBytes, let all, all.count > 1 {
            forget(all.oldest)
        }
    }

    private mutating func seat(_ entry: Entry) -> Int {
        guard let place = free.popLast() else {
            entries.append(entry)
            return entries.count - 1
        }
        entries[place] = entry
        return place
    }

    private mutating func list(of user: Key) -> Int {
        if let list = users[user] { return list }
        let list = freeLists.popLast() ?? lists.endIndex
        if list == lists.endIndex { lists.append(nil) }
        users[user] = list
        return list
    }

    /// Forgets the answer under a key, where there is one. O(1).
    mutating func forget(_ key: Key) {
        if let place = places[key] { forget(place) }
    }

    private mutating func forget(_ place: Int) {
        let entry = entries[place]
        if let older = entry.older { entries[older].newer = entry.newer }
        if let newer = entry.newer { entries[newer].older = entry.older }
        if let older = entry.usersOlder { entries[older].usersNewer = entry.usersNewer }
        if let newer = entry.usersNewer { entries[newer].usersOlder = entry.usersOlder }
        all = all?.without(place, older: entry.older, newer: entry.newer)
        lists[entry.list] = lists[entry.list]?.without(place, older: entry.usersOlder, newer: entry.usersNewer)
        if lists[entry.list] == nil {
            users[Key(user: entry.key.user, id: "")] = nil
            freeLists.append(entry.list)
        }
        bytes -= entry.answer.bytesApart
        places[entry.key] = nil
        free.append(place)
    }
}

extension AnswerMemory.Ends {
    /// The list after an entry between these others went; `nil`: it is empty.
    fileprivate func without(_ place: Int, older: Int?, newer: Int?) -> AnswerMemory.Ends? {
        guard count > 1 else { return nil }
        return AnswerMemory.Ends(
            oldest: place == oldest ? newer ?? oldest : oldest, newest: place == newest ? older ?? newest : newest,
            count: count - 1)
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
