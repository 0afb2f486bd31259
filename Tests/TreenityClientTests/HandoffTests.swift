import Testing
import TreenityProtocol

@testable import TreenityClient

@Suite("Events wait for their consumer")
struct HandoffTests {
    @Test("in order, patches in a row as one")
    func merging() {
        var backlog = Backlog<SessionEvent>()
        backlog.add([.patches([patch(1)]), .problem("a"), .patches([patch(2)])])
        backlog.add([.patches([patch(3)]), .patches([patch(4)])])
        #expect(
            backlog.takeAll() == [.patches([patch(1)]), .problem("a"), .patches([patch(2), patch(3), patch(4)])])
        #expect(backlog.takeAll() == nil)
    }

    @Test("and there is room again once they are taken")
    func room() {
        var backlog = Backlog<SessionEvent>()
        backlog.add([.patches([Patch](repeating: patch(1), count: Backlog<SessionEvent>.limit - 1))])
        #expect(backlog.hasRoom)
        backlog.add([.patches([patch(1)])])
        #expect(!backlog.hasRoom)
        _ = backlog.takeAll()
        #expect(backlog.hasRoom)
    }

    @Test("A consumer that waits gets what comes, and at the end the end")
    func waiting() async {
        let handoff = Handoff<SessionEvent>()
        async let taken = handoff.takeAll()
        handoff.add([.problem("a")])
        #expect(await taken == [.problem("a")])
        handoff.add([.problem("b")])
        handoff.finish()
        #expect(await handoff.takeAll() == [.problem("b")])
        #expect(await handoff.takeAll() == nil)
    }

    @Test("A producer waits until the consumer has taken")
    func backPressure() async {
        let handoff = Handoff<SessionEvent>()
        handoff.add([.patches([Patch](repeating: patch(1), count: Backlog<SessionEvent>.limit))])
        await withTaskGroup { group in
            group.addTask {
                await handoff.waitForRoom()
                handoff.add([.problem("behind")])
            }
            #expect(await handoff.takeAll()?.count == 1)
            #expect(await handoff.takeAll() == [.problem("behind")])
        }
    }

    @Test("Cancellation ends both waits")
    func cancellation() async {
        let handoff = Handoff<SessionEvent>()
        let full = Handoff<SessionEvent>()
        full.add([.patches([Patch](repeating: patch(1), count: Backlog<SessionEvent>.limit))])
        await withTaskGroup { group in
            group.addTask { #expect(await handoff.takeAll() == nil) }
            group.addTask { await full.waitForRoom() }
            group.cancelAll()
        }
    }
}
