/// Quantities as a person reads them.
enum Human {
    /// An amount of bytes in the unit that fits it: `512 B`, `4 KiB`, `1.2 GiB`, `120 MiB`.
    static func bytes(_ bytes: Int64) -> String {
        let units = ["B", "KiB", "MiB", "GiB", "TiB", "PiB", "EiB"]
        var amount = Double(bytes)
        var unit = 0
        while amount >= 1_000, unit < units.count - 1 {
            amount /= 1_024
            unit += 1
        }
        return (unit == 0 || amount >= 100 ? "\(Int64(amount.rounded()))" : tenths(amount)) + " " + units[unit]
    }

    /// A span of time in its two largest units, from minutes up: `12 min`, `1 h 4 min`, `3 d 2 h`.
    static func duration(minutes: Int64) -> String {
        switch minutes {
        case ..<60: "\(minutes) min"
        case ..<1_440: "\(minutes / 60) h \(minutes % 60) min"
        default: "\(minutes / 1_440) d \(minutes / 60 % 24) h"
        }
    }

    private static func tenths(_ amount: Double) -> String {
        let tenths = Int64((amount * 10).rounded())
        return tenths % 10 == 0 ? "\(tenths / 10)" : "\(tenths / 10).\(tenths % 10)"
    }
}
