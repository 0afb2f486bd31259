/// In which way what is for one peer goes out, without the socket.
///
/// Direct: everything is written as it comes. As soon as something comes that is made at the peer's pace → paced: a writer
/// takes what waits, piece by piece, and all that comes meanwhile waits behind. Nothing waits → direct. Any → closed.
struct OutboxMachine<Item, Waiter> {
    /// What to do with something that was added.
    enum AddAction {
        /// It is written at once.
        case write
        /// It waits for the writer.
        case wait
        /// It waits for the writer, who slept.
        case wake(Waiter)
        /// The peer does not keep up: the box is closed now.
        case overflow(Waiter?)
        /// Nothing goes out any more.
        case drop
    }

    /// What the writer does next.
    enum TakeAction {
        case write([Item])
        case sleep
        case stop
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
    private var sleeper: Waiter?

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
        case .direct, .paced:
            // A single item beyond the capacity is not the peer's fault.
            guard items.isEmpty || waiting + size <= capacity else { return .overflow(close()) }
            state = .paced
            items.append(item)
            waiting += size
            return sleeper.take().map(AddAction.wake) ?? .wait
        }
    }

    /// The writer has written what it took before, and asks for more.
    mutating func take() -> TakeAction {
        if case .closed = state { return .stop }
        guard !items.isEmpty else {
            state = .direct
            return .sleep
        }
        defer { items = [] }
        waiting = 0
        return .write(items)
    }

    /// The writer sleeps; `false`: there is a reason not to, and it asks again.
    mutating func sleep(_ waiter: Waiter) -> Bool {
        guard case .direct = state else { return false }
        sleeper = waiter
        return true
    }

    /// Nothing is written any more. Returns the writer, where it slept.
    mutating func close() -> Waiter? {
        state = .closed
        items = []
        waiting = 0
        return sleeper.take()
    }
}
