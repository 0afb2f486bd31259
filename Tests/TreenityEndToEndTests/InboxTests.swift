import Testing
import TreenityUI

@testable import treenity

@Suite("The inbox", .timeLimit(.minutes(5)))
@MainActor
struct InboxTests {
    private let inbox = Inbox()

    /// Brings more than can be digested, and waits.
    private func waitingWriter() async -> Task<Void, Never> {
        let writer = Task { await inbox.deliver(.connection(.silent), weight: 100_000) }
        while !inbox.isPressing { await Task.yield() }
        return writer
    }

    @Test("holds back who brings more than can be digested, until it is taken")
    func fullness() async {
        let writer = await waitingWriter()
        #expect(inbox.take().count == 1)
        await writer.value
        #expect(!inbox.isPressing)
    }

    @Test("lets nobody wait whom nobody reads any more")
    func closing() async {
        let writer = await waitingWriter()
        #expect(inbox.close().count == 1)
        await writer.value
        await inbox.deliver(.connection(.silent), weight: 100_000)
        #expect(inbox.take().isEmpty)
    }
}
