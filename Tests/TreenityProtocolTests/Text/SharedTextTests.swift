import Testing
import TreenityProtocol

@Suite("A shared text")
struct SharedTextTests {
    private func insert(_ text: String, at place: Int = 0) -> TextEdit {
        TextEdit(place == 0 ? [.insert(text)] : [.keep(place), .insert(text)])
    }

    /// “hello”, with one edit in flight and another waiting: “HI hello!”.
    private func buffering() -> SharedText {
        var text = SharedText(at: "tree/t", "hello", seq: SequenceNumber(3))
        _ = text.edited(insert("HI "), id: "a")
        _ = text.edited(insert("!", at: 8), id: "b")
        return text
    }

    @Test("The first edit is sent at once, and what is typed meanwhile goes as one edit when it is back")
    func oneInFlight() {
        var text = SharedText(at: "tree/t", "", seq: SequenceNumber(3))
        let first = TextSubmission(id: "a", path: "tree/t", base: SequenceNumber(3), edit: insert("x"))
        #expect(text.edited(insert("x"), id: "a") == .send(first))
        #expect(text.edited(insert("y", at: 1), id: "b") == .wait)
        #expect(text.edited(insert("z", at: 2), id: "c") == .wait)
        let next = TextSubmission(id: "b", path: "tree/t", base: SequenceNumber(5), edit: insert("yz", at: 1))
        #expect(text.returned("a", as: insert("x"), at: SequenceNumber(5)) == .init(submission: next))
        #expect(text.confirmed == "x")
        #expect(text.displayed == "xyz")
        #expect(text.returned("b", as: insert("yz", at: 1), at: SequenceNumber(6)) == .nothing)
        #expect(text.state == .synchronized)
        #expect(text.confirmed == "xyz")
    }

    @Test("What others do is shown around one's own edits, which go right of it at one place")
    func remoteEdits() {
        var text = buffering()
        #expect(text.received(insert("> "), at: SequenceNumber(4)).change == insert("> "))
        #expect(text.displayed == "> HI hello!")
        #expect(text.received(insert("?", at: 7), at: SequenceNumber(5)).change == insert("?", at: 10))
        #expect(text.displayed == "> HI hello?!")
        #expect(text.confirmed == "> hello?")
        #expect(text.returned("a", as: insert("HI ", at: 2), at: SequenceNumber(6)).trouble == nil)
        #expect(text.unacknowledged?.edit == insert("!", at: 11))
    }

    @Test("What is known already changes nothing")
    func repeats() {
        var text = buffering()
        #expect(text.received(insert("x"), at: SequenceNumber(3)) == .nothing)
        #expect(text.replaced(by: "x", at: SequenceNumber(3)) == .nothing)
        #expect(text.reset(to: "x", at: SequenceNumber(2)) == .nothing)
        #expect(text.acknowledged("b", at: SequenceNumber(4)) == .nothing)
        #expect(text.refused("b") == .nothing)
        #expect(text == buffering())
    }

    @Test("An edit that changes nothing is not sent, and one that does not fit is refused")
    func idleEdits() {
        var text = SharedText(at: "tree/t", "x", seq: .zero)
        #expect(text.edited(TextEdit([.keep(1), .insert("")]), id: "a") == .ignore)
        #expect(text.edited(TextEdit([.delete(2)]), id: "a") == .refuse)
        #expect(text == SharedText(at: "tree/t", "x", seq: .zero))
    }

    @Test("What takes itself back while it waits is not sent")
    func takenBack() {
        var text = buffering()
        #expect(text.edited(TextEdit([.keep(8), .delete(1)]), id: "c") == .wait)
        #expect(text.returned("a", as: insert("HI "), at: SequenceNumber(4)) == .nothing)
        #expect(text.state == .synchronized)
    }

    @Test("After a lost connection the same is sent again, and an early ACK waits for what was missed")
    func reconnection() {
        var text = buffering()
        _ = text.received(insert("> "), at: SequenceNumber(4))
        #expect(
            text.unacknowledged
                == TextSubmission(id: "a", path: "tree/t", base: SequenceNumber(3), edit: insert("HI ")))
        #expect(text.acknowledged("a", at: SequenceNumber(6)) == .nothing)
        #expect(text.unacknowledged == nil)
        #expect(text.received(insert("- "), at: SequenceNumber(5)).submission == nil)
        let outcome = text.received(insert("x"), at: SequenceNumber(7))
        #expect(outcome.submission?.base == SequenceNumber(6))
        #expect(outcome.submission?.edit == insert("!", at: 12))
        #expect(text.displayed == "x- > HI hello!")
        #expect(text.confirmed == "x- > HI hello")
    }

    @Test("An acknowledged edit is confirmed as soon as its place is reached")
    func reached() {
        var text = buffering()
        _ = text.acknowledged("a", at: SequenceNumber(6))
        #expect(text.reached(SequenceNumber(5)) == .nothing)
        #expect(text.reached(SequenceNumber(8)).submission?.base == SequenceNumber(8))
        #expect(text.confirmed == "HI hello")
    }

    @Test("An edit that others have made already ends with its ACK")
    func cameToNothing() {
        var text = SharedText(at: "tree/t", "x", seq: .zero)
        _ = text.edited(TextEdit([.delete(1)]), id: "a")
        #expect(text.received(TextEdit([.delete(1)]), at: SequenceNumber(1)) == .init())
        #expect(text.draft == nil)
        #expect(text.acknowledged("a", at: SequenceNumber(1)) == .nothing)
        #expect(text.state == .synchronized)
    }

    @Test("Where the server made something else of an edit, its word holds")
    func corrected() {
        var text = buffering()
        let outcome = text.returned("a", as: insert("HO "), at: SequenceNumber(4))
        #expect(outcome.trouble == .corrected)
        #expect(outcome.change.applied(to: "HI hello!") == "HO hello!")
        #expect(outcome.submission?.edit == insert("!", at: 8))
        #expect(text.confirmed == "HO hello")
        #expect(text.displayed == "HO hello!")
    }

    @Test("Where an edit is refused, the displayed text becomes a draft")
    func refused() {
        var text = buffering()
        let edit = TextEdit([.insert("HI "), .keep(5), .insert("!")])
        let outcome = text.refused("a")
        #expect(outcome.trouble == .lost(TextDraft(text: "HI hello!", edit: edit, confirmed: "hello")))
        #expect(outcome.change == TextEdit([.delete(3), .keep(5), .delete(1)]))
        #expect(text == SharedText(at: "tree/t", "hello", seq: SequenceNumber(3)))
    }

    @Test("A replacement takes what is in flight and what waits, but not what was admitted before it")
    func replaced() {
        var text = buffering()
        #expect(text.replaced(by: "new", at: SequenceNumber(5)).trouble == buffering().draft.map { .lost($0) })
        #expect(text == SharedText(at: "tree/t", "new", seq: SequenceNumber(5)))
        text = buffering()
        _ = text.acknowledged("a", at: SequenceNumber(4))
        let waiting = TextDraft(text: "HI hello!", edit: insert("!", at: 8), confirmed: "HI hello")
        #expect(text.deleted(at: SequenceNumber(5)) == waiting)
        #expect(text.replaced(by: "new", at: SequenceNumber(5)).trouble == .lost(waiting))
    }

    @Test("What is sent after a move goes to the new address, what is in flight to the old one")
    func moved() {
        var text = buffering()
        #expect(text.moved(to: "tree/new", at: SequenceNumber(4)) == .nothing)
        #expect(text.unacknowledged?.path == "tree/t")
        let next = text.returned("a", as: insert("HI "), at: SequenceNumber(5)).submission
        #expect(next?.path == "tree/new")
    }

    @Test("What does not fit changes nothing, and the whole text helps")
    func outOfStep() {
        var text = buffering()
        let outcome = text.received(TextEdit([.delete(6)]), at: SequenceNumber(4))
        #expect(outcome == .init(trouble: .outOfStep))
        #expect(text.returned("a", as: TextEdit([.delete(6)]), at: SequenceNumber(4)).trouble == .outOfStep)
        #expect(text == buffering())
        let lost = text.draft
        #expect(text.reset(to: "other", at: SequenceNumber(4)).trouble == lost.map { .lost($0) })
        #expect(text.displayed == "other")
    }

    @Test("A snapshot without the edit in flight leaves it there, one with it has the next sent")
    func snapshots() {
        var text = buffering()
        #expect(text.reset(to: "hello", at: SequenceNumber(7)) == .nothing)
        #expect(text.unacknowledged?.base == SequenceNumber(3))
        let outcome = text.reset(to: "HI hello", at: SequenceNumber(8))
        #expect(outcome.change == TextEdit([]))
        #expect(outcome.submission?.base == SequenceNumber(8))
        #expect(text.displayed == "HI hello!")
    }

    @Test("An edit that turns out to be older than the snapshot is no longer shown apart from it")
    func admittedBeforeSnapshot() {
        var text = buffering()
        _ = text.reset(to: "hello", at: SequenceNumber(7))
        let outcome = text.acknowledged("a", at: SequenceNumber(5))
        #expect(outcome.trouble == .corrected)
        #expect(outcome.submission?.edit == insert("!", at: 5))
        #expect(text.displayed == "hello!")
    }

    @Test("A text is not the same as a canonically equivalent one")
    func equivalentTexts() {
        #expect(SharedText(at: "tree/t", "é", seq: .zero) != SharedText(at: "tree/t", "e\u{301}", seq: .zero))
        let edit = TextEdit([])
        #expect(
            TextDraft(text: "é", edit: edit, confirmed: "") != TextDraft(text: "e\u{301}", edit: edit, confirmed: ""))
    }
}
