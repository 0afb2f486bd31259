/// What waits for a consumer.
struct Backlog<Element: Waitable>: Sendable {
    private var elements: [Element] = []
    private var weight = 0
    private(set) var isFinished = false

    /// How much may wait before whoever adds has to.
    static var limit: Int { 16_384 }

    /// Whether more may be added.
    var hasRoom: Bool { weight < Self.limit }

    mutating func add(_ more: [Element]) {
        for element in more {
            weight += element.weight
            guard !elements.isEmpty, elements[elements.count - 1].absorb(element) else {
                elements.append(element)
                continue
            }
        }
    }

    mutating func finish() {
        isFinished = true
    }

    /// All that waits; `nil` where nothing does.
    mutating func takeAll() -> [Element]? {
        guard !elements.isEmpty else { return nil }
        defer {
            elements = []
            weight = 0
        }
        return elements
    }
}
