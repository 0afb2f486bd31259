/// A measured quantity as it is shown: rounded, and still while what is measured stays near, so that noise around the
/// border between two rounded values changes nothing. What comes to rest is shown as 0.
struct Gauge: Hashable, Sendable {
    /// How finely a quantity is shown.
    struct Grain: Hashable, Sendable {
        /// The smallest step.
        let finest: Int64
        /// From where on a step is so many times smaller than the quantity, in powers of two; `nil`: it never grows.
        let magnitude: Int64?

        /// Whole per cents.
        static let percent = Grain(finest: 1, magnitude: nil)
        /// The memory of a process: 128 KiB, and about one part in a hundred of large amounts.
        static let memory = Grain(finest: 128 << 10, magnitude: 7)
        /// Bytes a second: 1 KiB, and about one part in eight of large rates.
        static let rate = Grain(finest: 1_024, magnitude: 3)

        /// What is taken of a store: about one part in a thousand of its size, at least 128 KiB.
        static func part(of size: Int64) -> Grain {
            Grain(finest: Grain(finest: 128 << 10, magnitude: 10).step(near: size), magnitude: nil)
        }

        func step(near quantity: Int64) -> Int64 {
            guard let magnitude, quantity > 0 else { return finest }
            return max(finest, 1 << (63 - Int64(quantity.leadingZeroBitCount) - magnitude))
        }
    }

    private let grain: Grain
    private var latest: Int64?

    /// A gauge that shows 0 until something is measured.
    init(_ grain: Grain) {
        self.grain = grain
    }

    /// What is shown.
    var shown: Int64 { latest ?? 0 }

    /// Takes a measured quantity, none of it negative, and returns what is shown from now on.
    mutating func show(_ measured: Double) -> Int64 {
        let measured = Int64(min(max(measured, 0), 0x1p60))
        let step = grain.step(near: measured)
        let rounded = (measured + step / 2) / step * step
        guard let latest, rounded != 0 else {
            latest = rounded
            return rounded
        }
        // A neighbouring step is noise.
        if abs(measured - latest) * 2 >= step * 3 { self.latest = rounded }
        return shown
    }
}
