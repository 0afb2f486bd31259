import TreenityClient
import TreenityProtocol
import TreenityUI

/// Carries what happens on the connection to the inbox, and what the user does to the connection.
struct Network: Sendable {
    private let connection: PatchConnection
    private let outgoing: AsyncStream<Patch>
    private let send: AsyncStream<Patch>.Continuation

    init(_ connection: PatchConnection) {
        self.connection = connection
        (outgoing, send) = AsyncStream.makeStream()
    }

    /// Hands an edit over to be sent; edits go out in the order of the calls.
    func submit(_ patch: Patch) { send.yield(patch) }

    func reconnect() { connection.reconnectNow() }

    /// Runs until it is cancelled.
    func run(into inbox: Inbox) async {
        await withTaskGroup { group in
            group.addTask { await connection.run() }
            group.addTask { await pump(into: inbox) }
            group.addTask { await deliver(into: inbox) }
        }
    }

    private func pump(into inbox: Inbox) async {
        for await event in connection {
            guard let event = ConnectionEvent(event) else { continue }
            await inbox.deliver(.connection(event), weight: event.weight)
        }
    }

    /// An edit that cannot be sent stays pending in the model, which sends it once more when the connection is back.
    private func deliver(into inbox: Inbox) async {
        for await patch in outgoing {
            do {
                try await connection.send(.patch(patch))
            } catch {
                guard error.isTooLong else { continue }
                let refusal = Refusal(.tooLarge, error.description, path: patch.path)
                await inbox.deliver(.connection(.refused(id: patch.id, refusal)), weight: 1)
            }
        }
    }
}

extension ConnectionEvent {
    /// What an event of the session means to the interface; `nil`: nothing.
    init?(_ event: SessionEvent) {
        switch event {
        case .state(.connecting(let attempt)): self = .connecting(attempt: attempt)
        case .state(.live(let session)): self = .live(session.welcome)
        case .state(.silent): self = .silent
        case .state(.offline(let reason, let delay)): self = .lost(reason: reason, retryAfter: delay.milliseconds)
        case .state(.ended(let reason)): self = .ended(reason: reason)
        case .snapshot(let snapshot): self = .snapshot(snapshot)
        case .resumed(_, let from, let to): self = .resumed(from: from, to: to)
        case .tree(let json, let seq): self = .tree(json, seq: seq)
        case .patches(let patches): self = .patches(patches)
        case .reached(let seq): self = .reached(seq)
        case .acknowledged(let acknowledgement): self = .acknowledged(acknowledgement)
        case .refused(let id, let refusal): self = .refused(id: id, refusal)
        case .latency(let duration): self = .latency(duration.milliseconds)
        case .presence(let presences): self = .presence(presences)
        case .result, .history, .found: return nil
        case .problem(let text): self = .problem(text)
        }
    }

    /// How much there is to digest: about the number of patches or nodes.
    var weight: Int {
        switch self {
        case .patches(let patches): patches.count
        case .snapshot(let snapshot): snapshot.nodes.count
        case .tree(let json, _): json.text.utf8.count / 64
        case .connecting, .live, .silent, .lost, .ended, .resumed, .reached, .acknowledged, .refused, .latency,
            .presence, .problem:
            1
        }
    }
}

extension Duration {
    var milliseconds: Int64 {
        components.seconds * 1_000 + components.attoseconds / 1_000_000_000_000_000
    }
}
