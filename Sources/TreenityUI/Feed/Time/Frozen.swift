import TreenityProtocol
import TreenityStore

/// The screen stands still: the tree as it was at some moment, while all that comes is received all the same.
///
/// Every step is cut into slices, so that no key waits for it, however far it goes.
struct Frozen: Sendable {
    /// How many changes are gone over in one go.
    static let slice = 2_000

    private var timeline: Timeline
    /// The orders of children in the live tree, as they were: good for it again when the screen goes on.
    let orders: SortedChildren
    /// How many trees were gone through: what is known of the children in one says nothing of those in another.
    private(set) var treeCount = 1
    /// By which one sees that the tree was loaded anew since.
    private let cutCount: Int
    /// A timeline from a later present, on its way back to where this one stands.
    private var successor: Timeline?
    /// Where the user wants to go.
    private(set) var target: Target?
    /// The moment that is shown.
    private(set) var moment: Timestamp
    /// What changed lately, seen from that moment, and when that was drawn: the marks stand still, too.
    var marks: ChangeMarks
    var drawn: Timestamp

    enum Target: Equatable, Sendable {
        case position(History.Position)
        case moment(Timestamp)
    }

    /// What became of a slice of the way.
    enum Progress: Equatable {
        case arrived
        case underWay
        /// It leads nowhere, for this reason.
        case stopped(String)
    }

    init(
        _ live: OptimisticReplica, _ history: History, _ marks: ChangeMarks, _ orders: SortedChildren,
        at now: Timestamp
    ) {
        timeline = Timeline(live.confirmed, history)
        cutCount = history.cutCount
        moment = now
        drawn = now
        self.marks = marks
        self.orders = orders
    }

    var tree: Replica { timeline.tree }
    var position: History.Position { timeline.position }
    var reach: ClosedRange<History.Position> { timeline.reach }

    mutating func go(to target: Target) { self.target = target }

    // MARK: On the way

    /// Goes the next slice of the way.
    ///
    /// - Parameters:
    ///   - live: the tree as it is now, with its `history`.
    ///   - discarded: gets the timelines that are left on the way.
    ///   - gone: is told each change that was taken back or done again.
    mutating func proceed(
        _ live: OptimisticReplica, _ history: History, _ discarded: inout Discarded, _ gone: (Change) -> Void
    ) -> Progress {
        guard let target else { return .arrived }
        let goal = goal(target, in: history)
        guard goal <= history.end, goal >= timeline.reach.lowerBound else {
            let isAhead = goal > timeline.position
            return stop(isAhead ? "nothing has come after this" : "nothing earlier is remembered", &discarded)
        }
        if goal > timeline.reach.upperBound {
            guard history.reach.contains(timeline.position), history.cutCount == cutCount else {
                return stop(
                    "what came next is not remembered any more, or the tree was loaded anew; s goes back to live",
                    &discarded)
            }
            catchUp(live, history, &discarded)
            return .underWay
        }
        for _ in 0..<Frozen.slice where timeline.position != goal { step(towards: goal, gone) }
        guard timeline.position == goal else { return .underWay }
        arrive(at: target, history)
        return .arrived
    }

    /// Leaves for the present.
    func end(_ discarded: inout Discarded) {
        discarded.add(timeline)
        if let successor { discarded.add(successor) }
    }

    private mutating func stop(_ reason: String, _ discarded: inout Discarded) -> Progress {
        target = nil
        if let successor { discarded.add(successor) }
        successor = nil
        return .stopped(reason)
    }

    private func goal(_ target: Target, in history: History) -> History.Position {
        switch target {
        case .position(let position): position
        case .moment(let moment): max(timeline.reach.lowerBound, history.position(at: moment))
        }
    }

    private mutating func step(towards goal: History.Position, _ gone: (Change) -> Void) {
        let entry = timeline.position > goal ? try? timeline.stepBack() : try? timeline.stepForward()
        if let entry { gone(entry.change) }
    }

    private mutating func arrive(at target: Target, _ history: History) {
        self.target = nil
        switch target {
        // Before all that is known, the moment of the first patch.
        case .position(let position): moment = (history[position] ?? history[position.next])?.received ?? moment
        case .moment(let moment): self.moment = moment
        }
    }

    /// What has come since is taken in: a slice of the way from the present back to where we stand.
    private mutating func catchUp(_ live: OptimisticReplica, _ history: History, _ discarded: inout Discarded) {
        var next = successor ?? Timeline(live.confirmed, history)
        successor = nil
        // The user may have gone on meanwhile, to where this one does not reach.
        guard next.reach.contains(timeline.position) else { return discarded.add(next) }
        for _ in 0..<Frozen.slice where next.position > timeline.position { _ = try? next.stepBack() }
        guard next.position <= timeline.position else {
            successor = next
            return
        }
        discarded.add(timeline)
        timeline = next
        treeCount += 1
    }
}
