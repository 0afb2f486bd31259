import TreenityStore

/// The numbers of the rows that are shown, in order.
///
/// Those of rows that come are appended. After a change of what is wanted they are found anew, from the newest row
/// backwards and a slice at a time, so that what is on view is there at once and nothing waits for the rest.
struct FeedIndex: Sendable {
    /// Found backwards: the latest first.
    private var older: [Int] = []
    private var newer = Window<Int>()
    /// Rows from this number on have been looked at.
    private(set) var scanned = 0

    var count: Int { older.count + newer.count }

    /// - Precondition: `place` is from 0 to less than ``count``.
    subscript(place: Int) -> Int {
        place < older.count ? older[older.count - 1 - place] : newer[place - older.count]
    }

    /// How many of the numbers are smaller: the place of the first one that is not. O(log n).
    func place(of number: Int) -> Int { (0..<count).partitioningIndex { self[$0] >= number } }

    mutating func append(_ number: Int) { newer.append(number) }

    /// All rows before `end` are to be looked at.
    mutating func begin(before end: Int) {
        self = FeedIndex()
        scanned = end
    }

    /// Looks at the next rows, backwards: at most so many, and none before `first`.
    mutating func scan(downTo first: Int, atMost budget: Int, _ shows: (Int) -> Bool) {
        let end = max(first, scanned - budget)
        while scanned > end {
            scanned -= 1
            if shows(scanned) { older.append(scanned) }
        }
    }

    /// Rows before this one are there no more. O(number of those).
    mutating func forget(before first: Int) {
        while let oldest = older.last, oldest < first { older.removeLast() }
        while older.isEmpty, let oldest = newer.first, oldest < first { newer.removeFirst() }
    }
}
