import Testing
import TreenityProtocol
import TreenityWebSocket

@testable import TreenityClient

@Suite("The session")
struct SessionMachineTests {
    private let subscription = Subscription(id: "s1", path: "tree/a", depth: 2)

    private func machine() -> SessionMachine {
        var machine = SessionMachine(randomness: FixedRandomness(bits: 0))
        _ = machine.subscribe(subscription, once: false)
        return machine
    }

    private func live() -> SessionMachine {
        var machine = machine()
        _ = machine.attemptBegan()
        _ = machine.connected(subprotocol: "treenity.v1")
        _ = machine.received([text(.welcome(welcome))])
        return machine
    }

    private func loading() -> SessionMachine {
        var machine = machine()
        _ = machine.attemptBegan()
        _ = machine.connected(subprotocol: nil)
        return machine
    }

    @Test("It connects, is greeted, subscribes, and is live")
    func opening() {
        var machine = machine()
        #expect(machine.attemptBegan() == .state(.connecting(attempt: 1)))
        #expect(machine.connected(subprotocol: "treenity.v1") == .session)
        #expect(machine.isGreeting)
        let step = machine.received([text(.welcome(welcome)), text(.snapshot(snapshot(more: false)))])
        #expect(step.events == [.state(.live(LiveSession(welcome: welcome))), .snapshot(snapshot(more: false))])
        #expect(step.send == [.subscribe(subscription)])
        #expect(!machine.isGreeting)
    }

    @Test("Every frame becomes the event that it is, and patches in a row become one")
    func frames() {
        var machine = live()
        let ack = Acknowledgement(id: "c", seq: SequenceNumber(9), timestamp: Timestamp(milliseconds: 1))
        let refusal = Refusal(.exists, "no")
        let step = machine.received([
            text(.patch(patch(8))), text(.batch([patch(9), patch(10)])), text(.ack(ack)), text(.patch(patch(11))),
            text(.error(id: "d", refusal)), text(.at(SequenceNumber(12))), text(.result(id: "x", value: 1)),
        ])
        #expect(
            step.events == [
                .patches([patch(8), patch(9), patch(10)]), .acknowledged(ack), .patches([patch(11)]),
                .refused(id: "d", refusal), .reached(SequenceNumber(12)), .result(id: "x", 1),
            ])
        #expect(step.send.isEmpty)
    }

    @Test("A message that cannot be read, or comes out of turn, is reported and skipped")
    func odd() {
        var machine = machine()
        _ = machine.attemptBegan()
        _ = machine.connected(subprotocol: "treenity.v1")
        let early = machine.received([text(.patch(patch(8))), .text(Array("nonsense".utf8))]).events
        #expect(early.count == 2 && early.allSatisfy(\.isProblem))
        machine = live()
        let late = machine.received([text(.welcome(welcome)), text(.patch(patch(8)))]).events
        #expect(late.count == 2 && late[0].isProblem)
        #expect(late[1] == .patches([patch(8)]))
    }

    @Test("A latency measured before the greeting is told after it")
    func earlyLatency() {
        var machine = machine()
        _ = machine.attemptBegan()
        _ = machine.connected(subprotocol: "treenity.v1")
        #expect(machine.measured(.milliseconds(3)).isEmpty)
        let events = machine.received([text(.welcome(welcome))]).events
        #expect(events.last == .latency(.milliseconds(3)))
        #expect(machine.measured(.milliseconds(4)) == [.latency(.milliseconds(4))])
    }

    @Test("A bare connection holds patches until the tree is there, and drops what the tree holds")
    func bare() {
        var machine = machine()
        _ = machine.attemptBegan()
        #expect(machine.connected(subprotocol: nil) == .bare(.state(.live(LiveSession(welcome: nil)))))
        #expect(machine.received([text(.patch(patch(2))), text(.patch(patch(3)))]).events.isEmpty)
        #expect(machine.received([text(.patch(patch(4)))]).events.isEmpty)
        let tree = TreeAnswer.tree(["a": 1], seq: SequenceNumber(3))
        #expect(machine.treeArrived(tree) == [.tree(["a": 1], seq: SequenceNumber(3)), .patches([patch(4)])])
        #expect(machine.received([text(.patch(patch(3))), text(.patch(patch(5)))]).events == [.patches([patch(5)])])
    }

    @Test("Without a tree, or without its place in the order, no patch is dropped")
    func bareWithoutTree() {
        var machine = loading()
        _ = machine.received([text(.patch(patch(nil)))])
        #expect(machine.treeArrived(.none) == [.tree(nil, seq: nil), .patches([patch(nil)])])
        #expect(machine.treeArrived(.none).isEmpty)
        machine = loading()
        _ = machine.received([text(.patch(patch(1)))])
        #expect(machine.treeArrived(.tree([:], seq: nil)) == [.tree([:], seq: nil), .patches([patch(1)])])
        machine = loading()
        #expect(machine.treeArrived(.unreadable("odd")) == [.problem("odd"), .tree(nil, seq: nil)])
        #expect(machine.received([text(.patch(patch(1)))]).events == [.patches([patch(1)])])
    }

    @Test("A tree that comes after its connection has ended is of no interest")
    func lateTree() {
        var machine = loading()
        _ = machine.connectionEnded("gone")
        #expect(machine.treeArrived(.tree([:], seq: nil)).isEmpty)
    }

    @Test("The wait grows from 0.25 s to 30 s, and begins anew after a connection that went live")
    func retries() {
        var machine = machine()
        var delays: [Duration] = []
        for attempt in 1...9 {
            #expect(machine.attemptBegan() == .state(.connecting(attempt: attempt)))
            guard case .wait(let delay, let event) = machine.attemptFailed(ConnectionFailure(reason: "no")) else {
                Issue.record("the retries ended")
                return
            }
            #expect(event == .state(.offline(reason: "no", retryAfter: delay)))
            delays.append(delay)
        }
        #expect(delays == [0.25, 0.5, 1, 2, 4, 8, 16, 30, 30].map { Duration.seconds($0) })
        _ = machine.attemptBegan()
        _ = machine.connected(subprotocol: "treenity.v1")
        _ = machine.received([text(.welcome(welcome))])
        let again = Duration.milliseconds(250)
        #expect(
            machine.connectionEnded("gone") == .wait(again, .state(.offline(reason: "gone", retryAfter: again))))
        #expect(machine.attemptBegan() == .state(.connecting(attempt: 1)))
    }

    @Test("A connection that was never greeted does not shorten the wait")
    func neverLive() {
        var machine = machine()
        for expected in [250, 500, 1_000] {
            _ = machine.attemptBegan()
            _ = machine.connected(subprotocol: "treenity.v1")
            guard case .wait(let delay, _) = machine.connectionEnded("gone") else {
                Issue.record("ended")
                return
            }
            #expect(delay == .milliseconds(expected))
        }
    }

    @Test("Chance takes off up to a half of the wait")
    func jitter() {
        var half = Backoff(randomness: FixedRandomness(bits: 1 << 63))
        #expect(half.next() == .milliseconds(187.5))
        var least = Backoff(randomness: FixedRandomness(bits: .max))
        #expect((.milliseconds(125)...(.milliseconds(126))).contains(least.next()))
    }

    @Test("A server that does not answer is silent, until it is heard again")
    func silence() {
        var machine = live()
        let session = LiveSession(welcome: welcome)
        #expect(machine.fellSilent() == [.state(.silent(session))])
        #expect(machine.fellSilent().isEmpty)
        #expect(machine.received([text(.patch(patch(8)))]).events == [.state(.live(session)), .patches([patch(8)])])
        _ = machine.fellSilent()
        #expect(machine.measured(.seconds(12)) == [.state(.live(session)), .latency(.seconds(12))])
        #expect(machine.measured(.seconds(1)) == [.latency(.seconds(1))])
    }

    @Test("Before there is a session, nobody is silent")
    func silenceBeforeSession() {
        var machine = machine()
        _ = machine.attemptBegan()
        _ = machine.connected(subprotocol: "treenity.v1")
        #expect(machine.fellSilent().isEmpty)
    }

    @Test("What was missed is announced instead of a snapshot")
    func resumes() {
        var machine = live()
        _ = machine.received([text(.snapshot(snapshot(more: false)))])
        _ = machine.connectionEnded("gone")
        _ = machine.attemptBegan()
        _ = machine.connected(subprotocol: "treenity.v1")
        var resuming = subscription
        resuming.since = SequenceNumber(7)
        resuming.epoch = "e"
        #expect(machine.received([text(.welcome(welcome))]).send == [.subscribe(resuming)])
        let resumed = ServerFrame.resumed(id: "s1", from: SequenceNumber(7), seq: SequenceNumber(8))
        let events = machine.received([text(resumed), text(.patch(patch(8)))]).events
        #expect(
            events == [
                .resumed(id: "s1", from: SequenceNumber(7), to: SequenceNumber(8)), .patches([patch(8)]),
            ])
    }

    @Test("Who does not want to wait ends the wait, or gives up the connection and waits for nothing")
    func impatience() {
        var machine = machine()
        #expect(machine.demanded() == .endWait)
        _ = machine.attemptBegan()
        #expect(machine.demanded() == .nothing)
        machine = live()
        #expect(machine.demanded() == .hangUp)
        let ended = machine.connectionEnded("given up")
        #expect(ended == .wait(.zero, .state(.offline(reason: "given up", retryAfter: .zero))))
        _ = machine.attemptBegan()
        _ = machine.connected(subprotocol: "treenity.v1")
        guard case .wait(.milliseconds(250), _) = machine.connectionEnded("gone") else {
            Issue.record("impatience lasts")
            return
        }
    }

    @Test("A final failure ends the retries")
    func final() {
        var machine = machine()
        _ = machine.attemptBegan()
        let failure = ConnectionFailure(reason: "no token", isFinal: true)
        #expect(machine.attemptFailed(failure) == .end(.state(.ended(reason: "no token"))))
    }
}

extension SessionEvent {
    var isProblem: Bool {
        if case .problem = self { true } else { false }
    }
}
