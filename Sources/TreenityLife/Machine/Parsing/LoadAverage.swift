/// How many processes ran or waited, averaged over one, five and fifteen minutes: `/proc/loadavg`.
struct LoadAverage: Hashable, Sendable {
    let one: Double
    let five: Double
    let fifteen: Double

    /// Reads `0.44 0.60 0.43 1/90 19011`.
    init?(_ text: ByteText) {
        let numbers = text.fields(limit: 3).compactMap { Double($0.text) }
        guard numbers.count == 3, numbers.allSatisfy({ $0.isFinite && $0 >= 0 }) else { return nil }
        (one, five, fifteen) = (numbers[0], numbers[1], numbers[2])
    }
}
