/// An array that is copied in pages: growing moves little, and after a copy of the whole only the pages that are written
/// to become two.
///
/// The pages are large enough that their headers, which each access reads, stay in the processor's caches.
struct Pages<Element: Sendable>: Sendable {
    private var pages: [[Element]] = []

    /// How many elements there are.
    private(set) var count = 0

    /// The places of all elements.
    var indices: Range<Int> { 0..<count }

    private static var shift: Int { 12 }
    private static var size: Int { 1 << shift }

    /// O(1); a write after a copy of the whole is O(size of a page) once a page.
    subscript(index: Int) -> Element {
        _read { yield pages[index >> Self.shift][index & (Self.size - 1)] }
        _modify { yield &pages[index >> Self.shift][index & (Self.size - 1)] }
    }

    /// Amortized O(1).
    mutating func append(_ element: Element) {
        if count & (Self.size - 1) == 0 {
            pages.append([])
            if pages.count > 1 { pages[pages.count - 1].reserveCapacity(Self.size) }
        }
        pages[pages.count - 1].append(element)
        count += 1
    }
}
