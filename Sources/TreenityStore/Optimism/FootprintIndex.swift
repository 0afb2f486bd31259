import TreenityProtocol

/// The footprints of all pending edits, by which a patch that is related to none of them is known without a look at each.
struct FootprintIndex: Sendable {
    private struct Count: Sendable {
        /// Places that are this address.
        var here = 0
        /// Places that are this address or lie below it.
        var within = 0
        /// Lists that are this address.
        var lists = 0

        var isEmpty: Bool { here == 0 && within == 0 && lists == 0 }
    }

    private var counts: [TreePath: Count] = [:]

    /// O(depth) a place.
    mutating func insert(_ footprint: Footprint) { add(footprint, 1) }

    /// - Precondition: it was inserted.
    mutating func remove(_ footprint: Footprint) { add(footprint, -1) }

    /// Whether one of the footprints has a place at, above or below one of these, or changes one of the same lists.
    /// O(depth) a place.
    func isRelated(to footprint: Footprint) -> Bool {
        isNear(footprint) || footprint.lists.contains { (counts[$0]?.lists ?? 0) > 0 }
    }

    /// As ``isRelated(to:)``, whatever the lists.
    func isNear(_ footprint: Footprint) -> Bool { footprint.places.contains(where: isNear) }

    /// Whether one of the footprints has a place at, above or below this one. O(depth).
    func isNear(_ place: TreePath) -> Bool {
        if (counts[place]?.within ?? 0) > 0 { return true }
        return sequence(first: place, next: \.parent).contains { (counts[$0]?.here ?? 0) > 0 }
    }

    private mutating func add(_ footprint: Footprint, _ number: Int) {
        for place in footprint.places {
            change(place) { $0.here += number }
            for above in sequence(first: place, next: \.parent) { change(above) { $0.within += number } }
        }
        for list in footprint.lists { change(list) { $0.lists += number } }
    }

    private mutating func change(_ path: TreePath, _ change: (inout Count) -> Void) {
        var count = counts[path] ?? Count()
        change(&count)
        counts[path] = count.isEmpty ? nil : count
    }
}
