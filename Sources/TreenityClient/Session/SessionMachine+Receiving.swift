import TreenityProtocol
import TreenityWebSocket

extension SessionMachine {
    /// What a burst of messages comes to.
    struct Step: Hashable, Sendable {
        var events: [SessionEvent] = []
        var send: [ClientFrame] = []
    }

    /// A burst of messages came.
    mutating func received(_ messages: [WebSocketMessage]) -> Step {
        var step = Step(events: heard())
        for message in messages {
            do throws(FrameError) {
                for frame in try ServerFrame.decode(message.bytes) { take(frame, into: &step) }
            } catch {
                step.events.append(.problem("a message of the server was skipped: \(error.refusal)"))
            }
        }
        return step
    }

    /// A ping was answered.
    mutating func measured(_ latency: Duration) -> [SessionEvent] {
        guard isGreeting else { return heard() + [.latency(latency)] }
        earlyLatency = latency
        return []
    }

    /// A ping has had no answer for a while.
    mutating func fellSilent() -> [SessionEvent] {
        guard let session, !isSilent else { return [] }
        isSilent = true
        return [.state(.silent(session))]
    }

    private mutating func heard() -> [SessionEvent] {
        guard isSilent, let session else { return [] }
        isSilent = false
        return [.state(.live(session))]
    }

    /// A bare server has answered the question for the tree.
    mutating func treeArrived(_ answer: TreeAnswer) -> [SessionEvent] {
        guard case .loading(let held) = state else { return [] }
        state = .bare(upTo: nil)
        var step = Step()
        switch answer {
        case .none: step.events.append(.tree(nil, seq: nil))
        case .unreadable(let problem): step.events += [.problem(problem), .tree(nil, seq: nil)]
        case .tree(let tree, let seq):
            state = .bare(upTo: seq)
            step.events.append(.tree(tree, seq: seq))
        }
        take(held, into: &step)
        return step.events
    }

    private mutating func take(_ frame: ServerFrame, into step: inout Step) {
        switch (frame, isGreeting) {
        case (.welcome(let welcome), true): greet(welcome, into: &step)
        case (.welcome, false), (_, true):
            step.events.append(.problem("a message of the server was skipped: it came out of turn"))
        case (.patch(let patch), false): take([patch], into: &step)
        case (.batch(let patches), false): take(patches, into: &step)
        case (.snapshot(let snapshot), false):
            step.send += subscriptions.received(snapshot)
            step.events.append(.snapshot(snapshot))
        case (.resumed(let id, let from, let seq), false):
            subscriptions.resumed(id, to: seq)
            step.events.append(.resumed(id: id, from: from, to: seq))
        case (.at(let seq), false):
            subscriptions.reached(seq)
            step.events.append(.reached(seq))
        case (.ack(let acknowledgement), false): step.events.append(.acknowledged(acknowledgement))
        case (.error(let id, let refusal), false):
            subscriptions.refused(id)
            step.events.append(.refused(id: id, refusal))
        case (.result(let id, let value), false): step.events.append(.result(id: id, value))
        case (.history(let id, let patches, let more), false):
            step.events.append(.history(id: id, patches, more: more))
        case (.found(let id, let paths, let more), false): step.events.append(.found(id: id, paths, more: more))
        case (.presence(let presences), false): step.events.append(.presence(presences))
        }
    }

    private mutating func greet(_ welcome: Welcome, into step: inout Step) {
        state = .live
        step.events.append(succeeded(with: welcome))
        if let latency = earlyLatency.take() { step.events.append(.latency(latency)) }
        step.send += subscriptions.opened(welcome)
    }

    private mutating func take(_ patches: [Patch], into step: inout Step) {
        var patches = patches
        switch state {
        case .loading(var held):
            // Let go of first, so that the array grows in place.
            state = .loading(held: [])
            held += patches
            state = .loading(held: held)
            return
        case .bare(let known?): patches.removeAll { $0.seq.map { $0 <= known } ?? false }
        case .live: if let seq = patches.last?.seq { subscriptions.reached(seq) }
        case .idle, .connecting, .greeting, .bare(nil): break
        }
        guard !patches.isEmpty else { return }
        guard case .patches(var together)? = step.events.last else { return step.events.append(.patches(patches)) }
        step.events.removeLast()
        together += patches
        step.events.append(.patches(together))
    }
}
