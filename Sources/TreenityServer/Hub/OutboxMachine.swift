/// In which way what is for one peer goes out, without the socket.
///
/// Direct: everything is written as it comes. As soon as something comes that is made at the peer's pace → paced: a writer
/// begins, takes what waits, piece by piece, and all that comes meanwhile waits behind. Nothing waits: the writer ends →
/// direct. Any → closed.
struct OutboxMachine<Item> {
    /// What to do with something that was added.
    enum AddAction: Hashable {
        /// It is written at once.
        case write
        /// It waits for a writer, who has to begin.
        case begin
        /// It waits for the writer.
        case wait
        /// The peer does not keep up: the box is closed now.
        case overflow
        /// Nothing goes out any more.
        case drop
    }

    private enum State {
        case direct
        case paced
        case closed
    }

    private let capacity: Int
    private var state = State.direct
    private var items: [Item] = []
    /// The size of what waits.
    private var waiting = 0

    /// - Parameter capacity: how much may wait, in the unit of the items' sizes.
    init(capacity: Int) {
        self.capacity = capacity
    }

    /// Something is to go out behind all that was added before.
    ///
    /// - Parameter isPaced: it is made at the peer's pace.
    mutating func add(_ item: Item, size: Int, isPaced: Bool) -> AddAction {
        switch state {
        case .closed: return .drop
        case .direct where !isPaced: return .write
        case .direct:
            // A single item beyond the capacity is not the peer's fault.
            state = .paced
            put(item, size)
            return .begin
        case .paced:
            guard items.isEmpty || waiting + size <= capacity else {
                close()
                return .overflow
            }
            put(item, size)
            return .wait
        }
    }

    private mutating func put(_ item: Item, _ size: Int) {
        items.append(item)
        waiting += size
    }

    /// The writer has written what it took before, and asks for more; `nil`: there is nothing, and it ends.
    mutating func take() -> [Item]? {
        guard case .paced = state else { return nil }
        guard !items.isEmpty else {
            state = .direct
            return nil
        }
        defer { items = [] }
        waiting = 0
        return items
    }

    /// Nothing is written any more.
    mutating func close() {
        state = .closed
        items = []
        waiting = 0
    }
}
