import Testing
import TreenityProtocol

@Suite("Stamps and sequence numbers")
struct StampTests {
    private func stamp(_ milliseconds: Int64, _ sender: String) -> Stamp {
        Stamp(timestamp: Timestamp(milliseconds: milliseconds), sender: sender)
    }

    @Test("The later moment is the larger stamp, then the larger name byte for byte")
    func order() {
        #expect(stamp(1, "z") < stamp(2, "a"))
        #expect(stamp(1, "a") < stamp(1, "b"))
        #expect(stamp(1, "") < stamp(1, "a"))
        #expect(stamp(1, "Z") < stamp(1, "a"))
        #expect(stamp(1, "e\u{301}") < stamp(1, "\u{E9}"))
        #expect(stamp(-1, "a") < stamp(0, "a"))
    }

    @Test("Senders in different normalization forms are different senders")
    func normalizationForms() {
        #expect(stamp(1, "e\u{301}") != stamp(1, "\u{E9}"))
        #expect(Set([stamp(1, "e\u{301}"), stamp(1, "\u{E9}")]).count == 2)
    }

    @Test("There is no place after the last that a number can name")
    func lastPlace() {
        #expect(SequenceNumber.zero.next == SequenceNumber(1))
        #expect(SequenceNumber(.max).next == SequenceNumber(.max))
    }
}
