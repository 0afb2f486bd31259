import TreenityProtocol

/// Passages in their order, found by what went: of many, few concern one address.
struct Passages {
    private let passages: [Passage]
    private let first: Int
    /// The numbers of the moves and removals, by what they took away.
    private var departures: [TreePath: [Int]] = [:]
    /// The numbers of the restorations, by the removal that they reverse.
    private var returns: [Int: [Int]] = [:]

    /// - Parameter first: the number of the first of them.
    /// - Complexity: O(their number).
    init(_ passages: [Passage], first: Int) {
        self.passages = passages
        self.first = first
        for (number, passage) in zip(first..., passages) {
            switch passage {
            case .moved(let move): departures[move.source, default: []].append(number)
            case .removed(let top, _): departures[top, default: []].append(number)
            case .restored(let removal): returns[removal, default: []].append(number)
            case .withdrawn: break
            }
        }
    }

    /// Where that is which was at an address before the passage of a number.
    ///
    /// - Complexity: O(depth × log of the number of passages) for each passage that concerns it.
    func carry(_ address: DeedAddress, from number: Int) -> DeedAddress {
        var (address, number) = (address, number)
        while let next = next(from: number, concerning: address) {
            address = address.passing(passages[next - first])
            number = next + 1
        }
        return address
    }

    private func next(from number: Int, concerning address: DeedAddress) -> Int? {
        var numbers = [address.gaps.last?.number.flatMap { returns[$0] }?.first(from: number)]
        var holder = address.hold
        while let path = holder {
            numbers.append(departures[path]?.first(from: number))
            holder = path.parent
        }
        return numbers.compactMap(\.self).min()
    }
}

extension [Int] {
    /// The first of these, which ascend, that is not below a bound. O(log n).
    fileprivate func first(from bound: Int) -> Int? {
        let place = partitioningIndex { $0 >= bound }
        return place < count ? self[place] : nil
    }
}
