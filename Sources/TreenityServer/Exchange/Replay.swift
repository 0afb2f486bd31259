import TreenityProtocol
import TreenityStore

/// What a session missed: `RESUMED`, then the patches after the place that it knew, as far as its view shows them.
struct Replay: FrameSource {
    private let id: String
    private let view: View
    private let tree: Replica
    private let history: History
    private let since: SequenceNumber
    private let start: History.Position
    private let end: SequenceNumber

    /// - Parameters:
    ///   - id: the subscription's.
    ///   - tree: as it is.
    ///   - history: what led to that, from `start` on.
    ///   - start: where the history is at `since`.
    ///   - end: where the order is.
    init(
        _ id: String, _ view: View, of tree: Replica, _ history: History, from since: SequenceNumber,
        at start: History.Position, to end: SequenceNumber
    ) {
        self.id = id
        self.view = view
        self.tree = tree
        self.history = history
        self.since = since
        self.start = start
        self.end = end
    }

    /// O(changes since), and, where the view is not the whole tree, O(what they did).
    func write<Failure: Error>(_ send: (ServerFrame) async throws(Failure) -> Void) async throws(Failure) {
        try await send(.resumed(id: id, from: since, seq: end))
        var runs = PatchRuns()
        var last = since
        for run in runsSeen {
            runs.append(run)
            runs.endRun()
            last = run.last?.seq ?? last
            guard runs.count == Replay.runsAtOnce else { continue }
            for frame in runs.frames { try await send(frame) }
            runs = PatchRuns()
        }
        for frame in runs.frames { try await send(frame) }
        if last < end || since == end { try await send(.at(end)) }
    }

    private static let runsAtOnce = 1_000

    /// The patches of each place in the order that shows something.
    private var runsSeen: AnyIterator<[Patch]> {
        if view.isWhole {
            var entries = history.entries(after: start).makeIterator()
            return AnyIterator { entries.next().map { [$0.change.patch] } }
        }
        var timeline = Timeline(tree, history)
        // It is within reach: that was asked when the subscription came.
        guard (try? timeline.go(to: start)) != nil else { return AnyIterator { nil } }
        var narrowing = Narrowing(view, of: timeline.tree)
        return AnyIterator {
            while let entry = try? timeline.stepForward() {
                let run = narrowing.narrow(entry.change.patch, in: timeline.tree)
                if !run.isEmpty { return run }
            }
            return nil
        }
    }
}
