import TreenityProtocol

/// Amounts as a row of the outline shows them, and rounded so that noise makes no patches.
enum Amount {
    /// Bytes in the largest unit that fits: `1.2 GiB`.
    static func bytes(_ bytes: Int64) -> String {
        let units = ["B", "KiB", "MiB", "GiB", "TiB", "PiB"]
        var amount = Double(bytes)
        var unit = 0
        while amount >= 1_000, unit < units.count - 1 {
            amount /= 1_024
            unit += 1
        }
        return
            "\(unit == 0 || amount >= 100 ? String(Int64(amount.rounded())) : tenths(amount).description) \(units[unit])"
    }

    /// A part of a whole in per cent, to one decimal; 0 where the whole is nothing.
    static func percent(_ part: Int64, of whole: Int64) -> Double {
        whole > 0 ? tenths(Double(part) / Double(whole) * 100) : 0
    }

    static func tenths(_ number: Double) -> Double { (number * 10).rounded() / 10 }

    static func json(_ number: Double) -> JSONValue {
        JSONValue.number(number) ?? .null
    }
}
