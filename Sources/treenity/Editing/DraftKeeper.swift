import Synchronization
import TreenityUI

/// Keeps the drafts beside the loop, which no disk may hold up: of several states that wait, the newest.
final class DraftKeeper: Sendable {
    private struct State {
        var waiting: [Draft]?
        var hasFailed = false
    }

    private let folder: DraftFolder?
    private let state = Mutex(State())
    private let (requests, request) = AsyncStream.makeStream(of: Void.self, bufferingPolicy: .bufferingNewest(1))
    /// What was wrong from the start.
    private let problem: String?

    /// - Parameter path: the folder for the server's drafts; `nil`: nothing is kept.
    init(_ path: String?) {
        do {
            folder = try path.map { path throws(DraftFolder.Problem) in try DraftFolder(path) }
            problem = nil
        } catch {
            folder = nil
            problem = "drafts are not kept: \(error)"
        }
    }

    /// What an earlier run left, for the inbox.
    var opening: [Event] {
        let restored = folder.map { [Event.editing(.draftsRestored($0.restored))] } ?? []
        return restored + (problem.map { [.connection(.problem($0))] } ?? [])
    }

    func keep(_ drafts: [Draft]) {
        state.withLock { $0.waiting = drafts }
        request.yield()
    }

    /// Runs until it is cancelled; what waits then is for ``close()``.
    func run(into inbox: Inbox) async {
        for await _ in requests {
            if let problem = keepWaiting() { await inbox.deliver(.connection(.problem(problem)), weight: 1) }
        }
    }

    /// Keeps what waits.
    func close() { _ = keepWaiting() }

    /// - Returns: what the user should know of, once.
    private func keepWaiting() -> String? {
        state.withLock { state in
            guard let drafts = state.waiting else { return nil }
            state.waiting = nil
            do {
                try folder?.keep(drafts)
                state.hasFailed = false
                return nil
            } catch {
                defer { state.hasFailed = true }
                return state.hasFailed ? nil : "drafts would not survive the end of the program: \(error)"
            }
        }
    }
}
