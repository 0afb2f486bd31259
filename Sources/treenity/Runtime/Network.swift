import Synchronization
import TreenityClient
import TreenityProtocol
import TreenityUI

/// Carries what happens on the connection to the inbox, and what the user does to the connection.
struct Network: Sendable {
    private let connection: PatchConnection
    private let keeper: EditKeeper
    private let outgoing: AsyncStream<NetworkEffect>
    private let effect: AsyncStream<NetworkEffect>.Continuation

    /// - Parameter outbox: keeps edits without an answer; `nil`: nothing does.
    init(_ connection: PatchConnection, outbox: OutboxFile?) {
        self.connection = connection
        keeper = EditKeeper(outbox)
        (outgoing, effect) = AsyncStream.makeStream()
    }

    /// Does what the model asks of the network, in the order of the calls.
    func perform(_ effect: NetworkEffect) { self.effect.yield(effect) }

    /// Runs until it is cancelled.
    func run(into inbox: Inbox) async {
        if let restored = keeper.restored { await inbox.deliver(.connection(restored), weight: 1) }
        for problem in keeper.problems { await inbox.deliver(.connection(.problem(problem)), weight: 1) }
        await withTaskGroup { group in
            group.addTask { await connection.run() }
            group.addTask { await pump(into: inbox) }
            group.addTask { await deliver(into: inbox) }
        }
        keeper.close()
    }

    private func pump(into inbox: Inbox) async {
        for await event in connection {
            await report(keeper.received(event), to: inbox)
            guard let event = ConnectionEvent(event) else { continue }
            await inbox.deliver(.connection(event), weight: event.weight)
        }
    }

    private func deliver(into inbox: Inbox) async {
        for await effect in outgoing {
            switch effect {
            case .send(let patch): await make(.patch(patch), inbox)
            case .sendAgain(let patch): await send(.patch(patch), inbox)
            case .sendBatch(let id, let patches): await make(.batch(id: id, patches: patches), inbox)
            case .sendBatchAgain(let id, let patches): await send(.batch(id: id, patches: patches), inbox)
            case .drop(let id): await report(keeper.drop(id), to: inbox)
            case .forget(let id): await report(keeper.forget(id), to: inbox)
            case .subscribe(let subscription): await connection.subscribe(subscription)
            case .fetch(let subscription): await connection.fetch(subscription)
            case .unsubscribe(let id): await connection.unsubscribe(id: id)
            case .find(let query): await ask(.find(query), inbox)
            case .askHistory(let query): await ask(.history(query), inbox)
            case .tellPresence(let path): try? await connection.send(.presence(path))
            case .reconnect: connection.reconnectNow()
            }
        }
    }

    /// An edit is kept before it goes out.
    private func make(_ edit: ClientFrame, _ inbox: Inbox) async {
        await report(keeper.made(edit), to: inbox)
        await send(edit, inbox)
    }

    /// An edit that cannot be sent stays pending in the model, which sends it once more when the connection is back.
    private func send(_ edit: ClientFrame, _ inbox: Inbox) async {
        do {
            try await connection.send(edit)
        } catch {
            guard error.isTooLong, let id = edit.edit else { return }
            let refusal = Refusal(.tooLarge, error.description)
            await report(keeper.refused(id, refusal), to: inbox)
            await inbox.deliver(.connection(.refused(id: id, refusal)), weight: 1)
        }
    }

    private func ask(_ question: ClientFrame, _ inbox: Inbox) async {
        do {
            try await connection.send(question)
        } catch {
            await report("the server cannot be asked: \(error)", to: inbox)
        }
    }

    private func report(_ problem: String?, to inbox: Inbox) async {
        if let problem { await inbox.deliver(.connection(.problem(problem)), weight: 1) }
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
        case .tree(let json?, let seq): self = .tree(json, seq: seq)
        case .patches(let patches): self = .patches(patches)
        case .reached(let seq): self = .reached(seq)
        case .acknowledged(let acknowledgement): self = .acknowledged(acknowledgement)
        case .refused(let id, let refusal): self = .refused(id: id, refusal)
        case .latency(let duration): self = .latency(duration.milliseconds)
        case .presence(let presences): self = .presence(presences)
        case .found(let id, let paths, let more): self = .found(id: id, paths, more: more)
        case .tree(nil, _): return nil
        case .history(let id, let patches, let more): self = .history(id: id, patches, more: more)
        case .result(let id, let value): self = .result(id: id, value)
        case .problem(let text): self = .problem(text)
        }
    }

    /// How much there is to digest: about the number of patches or nodes.
    var weight: Int {
        switch self {
        case .patches(let patches): patches.count
        case .snapshot(let snapshot): snapshot.nodes.count
        case .tree(let json, _): json.text.utf8.count / 64
        case .restored(let edits, _, _): edits.count
        case .result(_, let value): value.text.utf8.count / 64
        case .found(_, let paths, _): paths.count
        case .history(_, let patches, _): patches.count
        case .connecting, .live, .silent, .lost, .ended, .resumed, .reached, .acknowledged, .refused, .latency,
            .presence,
            .problem:
            1
        }
    }
}

extension ClientFrame {
    /// The `id` by which answers name an edit; `nil`: it is none, or has none.
    fileprivate var edit: String? {
        switch self {
        case .patch(let patch): patch.id
        case .batch(let id, _): id
        case .subscribe, .unsubscribe, .history, .find, .presence, .result: nil
        }
    }
}

extension Duration {
    var milliseconds: Int64 {
        components.seconds * 1_000 + components.attoseconds / 1_000_000_000_000_000
    }
}
