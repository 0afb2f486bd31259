import Testing
import TreenityProtocol

@testable import TreenityClient

@Suite("Subscriptions over many connections")
struct SubscriptionsTests {
    private let all = Subscription(id: "s1", path: .root)
    private let part = Subscription(id: "s2", path: "tree/a")

    private func opened(_ subscriptions: Subscription...) -> Subscriptions {
        var wanted = Subscriptions()
        for subscription in subscriptions { _ = wanted.add(subscription, once: false) }
        _ = wanted.opened(welcome)
        return wanted
    }

    private func chunk(_ id: String, at seq: Int64, more: Bool = false) -> Snapshot {
        Snapshot(id: id, path: .root, seq: SequenceNumber(seq), nodes: [], more: more)
    }

    private func seq(_ number: Int64) -> SequenceNumber { SequenceNumber(number) }

    /// What is asked for over the next connection.
    private func next(_ wanted: Subscriptions, epoch: String = "e") -> [ClientFrame] {
        var wanted = wanted
        wanted.closed()
        var welcome = welcome
        welcome.epoch = epoch
        return wanted.opened(welcome)
    }

    private func resuming(_ subscription: Subscription, since: Int64) -> ClientFrame {
        var subscription = subscription
        subscription.since = seq(since)
        subscription.epoch = "e"
        return .subscribe(subscription)
    }

    @Test("What is wanted before there is a session is asked for with it, what is wanted later at once")
    func asks() {
        var wanted = Subscriptions()
        #expect(wanted.add(all, once: false).isEmpty)
        #expect(wanted.opened(welcome) == [.subscribe(all)])
        #expect(wanted.add(part, once: false) == [.subscribe(part)])
        #expect(wanted.remove("s1") == [.unsubscribe(id: "s1")])
        #expect(wanted.remove("s1").isEmpty)
    }

    @Test("What stood goes on after the newest place up to which all has come")
    func resumes() {
        var wanted = opened(all)
        _ = wanted.received(chunk("s1", at: 7))
        #expect(next(wanted) == [resuming(all, since: 7)])
        wanted.reached(seq(9))
        #expect(next(wanted) == [resuming(all, since: 9)])
    }

    @Test("Under another epoch, everything begins anew")
    func otherEpoch() {
        var wanted = opened(all)
        _ = wanted.received(chunk("s1", at: 7))
        #expect(next(wanted, epoch: "other") == [.subscribe(all)])
    }

    @Test("A snapshot that did not come to its end is asked for anew, whatever patches came meanwhile")
    func unfinishedSnapshot() {
        var wanted = opened(all)
        _ = wanted.received(chunk("s1", at: 7, more: true))
        wanted.reached(seq(8))
        #expect(next(wanted) == [.subscribe(all)])
    }

    @Test("Patches that come between the chunks of a snapshot count")
    func patchesBetweenChunks() {
        var wanted = opened(all)
        _ = wanted.received(chunk("s1", at: 7, more: true))
        wanted.reached(seq(8))
        _ = wanted.received(chunk("s1", at: 7))
        #expect(next(wanted) == [resuming(all, since: 8)])
    }

    @Test("Patches say nothing of a subscription that the server has not answered yet")
    func unanswered() {
        var wanted = opened(all)
        _ = wanted.received(chunk("s1", at: 7))
        _ = wanted.add(part, once: false)
        wanted.reached(seq(9))
        #expect(next(wanted) == [resuming(all, since: 9), .subscribe(part)])
    }

    @Test("What was missed counts for the subscription that it comes for, until it has all come")
    func interruptedCatchingUp() {
        var wanted = opened(all, part)
        _ = wanted.received(chunk("s1", at: 7))
        _ = wanted.received(chunk("s2", at: 7))
        wanted.closed()
        _ = wanted.opened(welcome)
        wanted.resumed("s1", to: seq(20))
        wanted.reached(seq(12))
        #expect(next(wanted) == [resuming(all, since: 12), resuming(part, since: 7)])
        wanted.reached(seq(20))
        wanted.resumed("s2", to: seq(20))
        wanted.reached(seq(10))
        #expect(next(wanted) == [resuming(all, since: 20), resuming(part, since: 10)])
        wanted.reached(seq(20))
        wanted.reached(seq(21))
        #expect(next(wanted) == [resuming(all, since: 21), resuming(part, since: 21)])
    }

    @Test("A burst that ends what was missed and goes on counts for all")
    func endOfCatchingUp() {
        var wanted = opened(all, part)
        _ = wanted.received(chunk("s1", at: 7))
        _ = wanted.received(chunk("s2", at: 7))
        wanted.closed()
        _ = wanted.opened(welcome)
        wanted.resumed("s1", to: seq(20))
        wanted.reached(seq(20))
        wanted.resumed("s2", to: seq(20))
        wanted.reached(seq(23))
        #expect(next(wanted) == [resuming(all, since: 23), resuming(part, since: 23)])
    }

    @Test("A snapshot that is wanted once ends its subscription, and makes room for the next")
    func once() {
        var wanted = opened()
        var asked: [ClientFrame] = []
        for number in 1...10 {
            asked += wanted.add(Subscription(id: "f\(number)", path: "tree/a", depth: 1), once: true)
        }
        #expect(asked.count == 8)
        #expect(wanted.received(chunk("f1", at: 7, more: true)).isEmpty)
        let ninth = Subscription(id: "f9", path: "tree/a", depth: 1)
        #expect(wanted.received(chunk("f1", at: 7)) == [.unsubscribe(id: "f1"), .subscribe(ninth)])
        #expect(next(wanted).count == 8)
    }

    @Test("A subscription that the server refuses is forgotten")
    func refused() {
        var wanted = opened(all, part)
        wanted.refused("s2")
        wanted.refused("c1")
        #expect(next(wanted) == [.subscribe(all)])
    }
}
