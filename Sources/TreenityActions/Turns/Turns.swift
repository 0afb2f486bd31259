/// Lets so many run at once and so many more wait.
struct Turns: Sendable {
    private let queue: TurnQueue

    init(running: Int, waiting: Int) {
        queue = TurnQueue(TurnMachine(running: running, waiting: waiting))
    }

    /// Waits for a turn, which is then to be given back.
    ///
    /// - Returns: `false` where too many wait already, and where the task is cancelled: there is no turn then.
    func take() async -> Bool {
        let ticket = queue.draw()
        return await withTaskCancellationHandler {
            await withCheckedContinuation { queue.enter(ticket, $0) }
        } onCancel: {
            queue.leave(ticket)
        }
    }

    func giveBack() { queue.giveBack() }
}
