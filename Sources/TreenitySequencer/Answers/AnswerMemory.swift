import TreenityProtocol
import TreenityStore

/// The answers given to the newest patches and batches that carried an `id`, so that a repeated one is not applied twice.
///
/// Each user's oldest answer goes where that user has too many, the oldest of all where there are too many in all.
struct AnswerMemory: Sendable {
    /// An `id` is unique over all sessions of its user.
    struct Key: Hashable, Sendable {
        let user: String
        let id: String
        /// Of both.
        let hash: UInt32

        init(user: String, id: String) {
            self.user = user
            self.id = id
            hash = ByteHash.hash(id, user)
        }

        static func == (one: Key, other: Key) -> Bool {
            one.hash == other.hash && one.id.hasSameBytes(as: other.id) && one.user.hasSameBytes(as: other.user)
        }

        func hash(into hasher: inout Hasher) { hasher.combine(hash) }
    }

    private struct Entry: Sendable {
        let key: Key
        var answer: Answer
        var links: Links
    }

    /// The place of an answer in the list of all, and in that of its user's.
    private struct Links: Sendable {
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
    /// The places of the entries, by the hashes of their keys.
    private var index = HashIndex()
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
    subscript(key: Key) -> Answer? { place(of: key).map { entries[$0].answer } }

    private func place(of key: Key) -> Int? {
        let place = index.find(key.hash) { entries[Int($0)].key == key }
        return place < 0 ? nil : Int(place)
    }

    /// All that is remembered, oldest first. O(1) a step.
    var remembered: some Sequence<(key: Key, answer: Answer)> {
        sequence(state: all?.oldest) { place -> (key: Key, answer: Answer)? in
            guard let entry = place.map({ entries[$0] }) else { return nil }
            place = entry.links.newer
            return (entry.key, entry.answer)
        }
    }

    /// How many are remembered.
    var count: Int { all?.count ?? 0 }

    /// Keeps an answer, in the place of the oldest one where there are too many. O(1).
    ///
    /// - Precondition: there is none yet under this key.
    mutating func remember(_ answer: Answer, for key: Key) {
        assert(self[key] == nil, "the first answer stands")
        let list = list(of: key.user)
        let links = Links(list: list, older: all?.newest, usersOlder: lists[list]?.newest)
        let place = seat(Entry(key: key, answer: answer, links: links))
        index.insert(Int32(place), hash: key.hash)
        if let newest = links.older { entries[newest].links.newer = place }
        if let newest = links.usersOlder { entries[newest].links.usersNewer = place }
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
        guard let place = place(of: key) else { preconditionFailure("no answer to replace") }
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

    private mutating func list(of user: String) -> Int {
        // Who has just been answered is answered again, as a rule.
        if let all, entries[all.newest].key.user.hasSameBytes(as: user) { return entries[all.newest].links.list }
        let key = Key(user: user, id: "")
        if let list = users[key] { return list }
        let list = freeLists.popLast() ?? lists.endIndex
        if list == lists.endIndex { lists.append(nil) }
        users[key] = list
        return list
    }

    /// Forgets the answer under a key, where there is one. O(1).
    mutating func forget(_ key: Key) {
        if let place = place(of: key) { forget(place) }
    }

    private mutating func forget(_ place: Int) {
        let links = entries[place].links
        if let older = links.older { entries[older].links.newer = links.newer }
        if let newer = links.newer { entries[newer].links.older = links.older }
        if let older = links.usersOlder { entries[older].links.usersNewer = links.usersNewer }
        if let newer = links.usersNewer { entries[newer].links.usersOlder = links.usersOlder }
        all = all?.without(place, older: links.older, newer: links.newer)
        lists[links.list] = lists[links.list]?.without(place, older: links.usersOlder, newer: links.usersNewer)
        if lists[links.list] == nil {
            users[Key(user: entries[place].key.user, id: "")] = nil
            freeLists.append(links.list)
        }
        bytes -= entries[place].answer.bytesApart
        index.remove(Int32(place), hash: entries[place].key.hash)
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
