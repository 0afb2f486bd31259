/// Those who wait for what one socket's session brings: streams for what happens, callers for answers.
struct Listeners {
    typealias Waiter = CheckedContinuation<Answer, any Error>

    private(set) var consumers: [Int: Handoff<Delivery>] = [:]
    /// Those who wait for an answer. While there are any, the socket is read whatever the consumers do: the answer
    /// stands behind what these have not taken yet, and may be what they wait for.
    private var waiters: [String: Waiter] = [:]
    private var count = 0
    /// Why there is nothing more to come.
    private(set) var ending: (any Error)?

    // MARK: Streams

    /// A stream begins; where all has ended, it ends at once.
    mutating func open() -> (id: Int, handoff: Handoff<Delivery>) {
        let handoff = Handoff<Delivery>()
        count += 1
        if let ending {
            handoff.add([.failure(ending)])
            handoff.finish()
        } else {
            consumers[count] = handoff
            if !waiters.isEmpty { handoff.setBounded(false) }
        }
        return (count, handoff)
    }

    /// - Returns: whether the stream had not ended before.
    mutating func close(_ id: Int) -> Bool {
        guard let consumer = consumers.removeValue(forKey: id) else { return false }
        // Whoever waits until it has room need not do so any more.
        consumer.abandon()
        return true
    }

    func fail(_ id: Int, _ error: any Error) {
        consumers[id]?.add([.failure(error)])
        consumers[id]?.finish()
    }

    // MARK: Answers

    mutating func add(_ waiter: Waiter, for id: String) {
        waiters[id] = waiter
        if waiters.count == 1 { for consumer in consumers.values { consumer.setBounded(false) } }
    }

    mutating func takeWaiter(for id: String) -> Waiter? {
        let waiter = waiters.removeValue(forKey: id)
        if waiters.isEmpty { for consumer in consumers.values { consumer.setBounded(true) } }
        return waiter
    }

    // MARK: The end

    /// There is nothing more to come, for the first reason that was given.
    ///
    /// - Returns: those who are to be told.
    mutating func end(_ error: any Error) -> (consumers: [Handoff<Delivery>], waiters: [Waiter]) {
        defer {
            ending = ending ?? error
            consumers = [:]
            waiters = [:]
        }
        return (Array(consumers.values), Array(waiters.values))
    }
}
