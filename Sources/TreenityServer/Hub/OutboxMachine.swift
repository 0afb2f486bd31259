/// What waits to be written to one peer, without the socket.
///
/// Open → closed (for a reason, at once; what waited is dropped). While open, one writer takes everything that waits, or
/// sleeps until there is something.
struct OutboxMachine<Item, Waiter> {
    /// What to do after something was added.
    enum AddAction {
        case nothing
        /// The writer slept.
        case wake(Waiter)
        /// The peer does not keep up: the box is closed now.
        case overflow(Waiter?)
    }

    /// What the writer does next.
    enum TakeAction {
        case write([Item])
        case sleep
        case stop
    }

    private let capacity: Int
    private var items: [Item] = []
    /// The size of what waits, and of what the writer is busy with.
    private var waiting = 0
    private var busy = 0
    private var sleeper: Waiter?
    private var isClosed = false

    /// - Parameter capacity: how much may wait, in the unit of the items' sizes.
    init(capacity: Int) {
        self.capacity = capacity
    }

    /// Something is to be written behind all that waits.
    mutating func add(_ item: Item, size: Int) -> AddAction {
        guard !isClosed else { return .nothing }
        // A single item beyond the capacity is not the peer's fault.
        guard waiting + busy == 0 || waiting + busy + size <= capacity else { return .overflow(close()) }
        items.append(item)
        waiting += size
        return sleeper.take().map(AddAction.wake) ?? .nothing
    }

    /// The writer has written what it took before, and asks for more.
    mutating func take() -> TakeAction {
        busy = 0
        guard !isClosed else { return .stop }
        guard !items.isEmpty else { return .sleep }
        defer { items = [] }
        busy = waiting
        waiting = 0
        return .write(items)
    }

    /// The writer sleeps; `false`: there is a reason not to, and it asks again.
    mutating func sleep(_ waiter: Waiter) -> Bool {
        guard !isClosed, items.isEmpty else { return false }
        sleeper = waiter
        return true
    }

    /// Nothing is written any more. Returns the writer, where it slept.
    mutating func close() -> Waiter? {
        isClosed = true
        items = []
        waiting = 0
        return sleeper.take()
    }
}
