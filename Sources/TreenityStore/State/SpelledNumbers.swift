/// Which of a table's texts a state has spelled out: afterwards it names them by the order in which they came.
struct SpelledNumbers: Sendable {
    /// By the table's numbers; zero: not spelled yet.
    private var places: [UInt32] = []
    private var count: UInt32 = 0

    /// The place of a text, from one; `nil` the first time, when it has to be spelled. O(1).
    mutating func place(of number: UInt32) -> Int? {
        let index = Int(number)
        if index >= places.count { places += repeatElement(0, count: max(index + 1, places.count * 2) - places.count) }
        if places[index] > 0 { return Int(places[index]) }
        count += 1
        places[index] = count
        return nil
    }
}
