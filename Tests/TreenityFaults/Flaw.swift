import TreenityTesting

/// What goes wrong on one way through a ``FaultProxy``, and after how many bytes.
struct Flaw: Sendable {
    var fault: Fault
    var after: Int

    static let none = Flaw(fault: .none, after: 0)

    init(_ dice: inout SeededGenerator) {
        fault = Fault.allCases.randomElement(using: &dice) ?? .none
        // Half of them in the handshake and the first frames, the others in the middle of the talk.
        after = Int.random(in: Bool.random(using: &dice) ? 0...600 : 0...20_000, using: &dice)
    }

    private init(fault: Fault, after: Int) {
        self.fault = fault
        self.after = after
    }
}
