/// A queue that grows at one end, shrinks at both, and can be read anywhere in O(1).
///
/// It lies in chunks, so that nothing is ever shifted, growing moves nothing, and after a copy of the whole only the first
/// and the last chunk become two.
struct ChunkedQueue<Element: Sendable>: Sendable {
    /// What was taken from the first chunk is `nil` there.
    private var chunks: [[Element?]] = []
    /// The chunks before are empty.
    private var firstChunk = 0
    /// The place of the first element in its chunk.
    private var first = 0

    /// How many elements there are.
    private(set) var count = 0

    private static var size: Int { 256 }

    /// - Precondition: `index` is from 0 to less than ``count``.
    subscript(index: Int) -> Element {
        let place = first + index
        guard let element = chunks[firstChunk + place / Self.size][place % Self.size] else {
            preconditionFailure("an element that was taken from the queue: \(index) of \(count)")
        }
        return element
    }

    /// Amortized O(1).
    mutating func append(_ element: consuming Element) {
        if (first + count) % Self.size == 0 {
            chunks.append([])
            chunks[chunks.count - 1].reserveCapacity(Self.size)
        }
        chunks[chunks.count - 1].append(element)
        count += 1
    }

    /// Takes the oldest element away. Amortized O(1).
    mutating func popFirst() -> Element? {
        guard count > 0 else { return nil }
        let element = chunks[firstChunk][first].take()
        count -= 1
        first += 1
        if first == Self.size { dropFirstChunk() }
        return element
    }

    /// Takes the newest element away. O(1).
    mutating func popLast() -> Element? {
        guard count > 0 else { return nil }
        count -= 1
        let element = chunks[chunks.count - 1].removeLast()
        if chunks[chunks.count - 1].isEmpty { chunks.removeLast() }
        return element
    }

    /// Takes the oldest elements away, as many as lie in one chunk. O(1) where a copy has them too.
    mutating func removeFirstChunk() {
        let removed = Self.size - first
        guard count > removed else { return self = ChunkedQueue() }
        count -= removed
        dropFirstChunk()
    }

    private mutating func dropFirstChunk() {
        chunks[firstChunk] = []
        first = 0
        firstChunk += 1
        guard firstChunk * 2 > chunks.count else { return }
        chunks.removeFirst(firstChunk)
        firstChunk = 0
    }
}
