/// What some add and one takes, without the tasks: open → closed. The taker has finished what it took when it asks again.
struct PileMachine<Element, Waiter> {
    /// What the taker does next.
    enum TakeAction {
        case work([Element])
        case sleep
        case stop
    }

    private var elements: [Element] = []
    private var sleeper: Waiter?
    private var isClosed = false
    private var added = 0
    private var taken = 0
    private var finished = 0
    private var watchers: [(mark: Int, Waiter)] = []

    /// How much was added and is not finished.
    var outstanding: Int { added - finished }

    /// Whether somebody waits for what was added to be finished.
    var isAwaited: Bool { !watchers.isEmpty }

    /// Returns the taker, where it slept.
    mutating func add(_ new: [Element]) -> Waiter? {
        guard !isClosed, !new.isEmpty else { return nil }
        elements += new
        added += new.count
        return sleeper.take()
    }

    /// The taker has finished what it took before, and asks for more. Returns also those who waited for that.
    mutating func take() -> (action: TakeAction, finished: [Waiter]) {
        finished = taken
        let mark = finished
        let done = takeWatchers { $0 <= mark }
        guard !isClosed else { return (.stop, done) }
        guard !elements.isEmpty else { return (.sleep, done) }
        defer { elements = [] }
        taken = added
        return (.work(elements), done)
    }

    /// The taker sleeps; `false`: there is a reason not to, and it asks again.
    mutating func sleep(_ waiter: Waiter) -> Bool {
        guard !isClosed, elements.isEmpty else { return false }
        sleeper = waiter
        return true
    }

    /// Somebody waits until at most so much of what was added so far is not finished; `false`: that is so already.
    mutating func watch(_ waiter: Waiter, untilAtMost count: Int) -> Bool {
        guard !isClosed, outstanding > count else { return false }
        watchers.append((added - count, waiter))
        return true
    }

    /// Nothing is taken any more. Returns all who wait.
    mutating func close() -> [Waiter] {
        isClosed = true
        elements = []
        return takeWatchers { _ in true } + (sleeper.take().map { [$0] } ?? [])
    }

    private mutating func takeWatchers(where isDue: (Int) -> Bool) -> [Waiter] {
        let due = watchers.filter { isDue($0.mark) }.map(\.1)
        if !due.isEmpty { watchers.removeAll { isDue($0.mark) } }
        return due
    }
}

extension PileMachine.TakeAction: Sendable where Element: Sendable {}
