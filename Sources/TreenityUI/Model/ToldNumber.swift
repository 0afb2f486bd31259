import TreenityProtocol

/// What every patch makes another: it is told anew once in a second at most, as nobody could read more, and a change that is
/// not on view draws nothing.
struct ToldNumber<Value: Equatable & Sendable>: Sendable {
    private(set) var told: Value
    /// In which second it was.
    private var second = Int64.min

    init(_ value: Value) {
        told = value
    }

    /// Takes up a value, unless another one was told in this second.
    mutating func tell(_ value: Value, at now: Timestamp) {
        let second = now.milliseconds / 1_000
        guard value != told, second != self.second else { return }
        (told, self.second) = (value, second)
    }
}
