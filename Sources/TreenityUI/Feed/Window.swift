/// A queue that grows at its end, shrinks at its start, and can be read anywhere in O(1).
struct Window<Element: Sendable>: Sendable {
    private var elements: [Element] = []
    /// Those before have been taken away.
    private var start = 0

    private static var slack: Int { 1_024 }

    var count: Int { elements.count - start }
    var isEmpty: Bool { count == 0 }
    var first: Element? { isEmpty ? nil : elements[start] }
    var last: Element? { elements.last }

    /// - Precondition: `place` is from 0 to less than ``count``.
    subscript(place: Int) -> Element {
        get { elements[start + place] }
        set { elements[start + place] = newValue }
    }

    mutating func append(_ element: Element) { elements.append(element) }

    /// Takes the oldest element away. Amortized O(1).
    mutating func removeFirst() {
        start += 1
        guard start == elements.count || start > Self.slack && start * 2 > elements.count else { return }
        elements.removeFirst(start)
        start = 0
    }
}
