import TreenityProtocol

/// Numbers and times as a person reads them.
enum Human {
    /// An integer with its thousands set apart: `48,112`.
    static func grouped(_ number: some BinaryInteger) -> String {
        let digits = String(number.magnitude)
        var grouped = ""
        for (index, digit) in digits.enumerated() {
            if index > 0, (digits.count - index) % 3 == 0 { grouped.append(",") }
            grouped.append(digit)
        }
        return number < 0 ? "-" + grouped : grouped
    }

    /// So many of something: `1 node`, `1,200 nodes`.
    static func counted(_ count: Int, _ one: String, _ many: String? = nil) -> String {
        "\(grouped(count)) \(count == 1 ? one : many ?? one + "s")"
    }

    /// How long ago, in the largest unit that fits: `8s`, `5m`, `3h`, `12d`.
    static func age(from then: Timestamp, to now: Timestamp) -> String {
        let seconds = max(0, (now.milliseconds - then.milliseconds) / 1_000)
        switch seconds {
        case ..<60: return "\(seconds)s"
        case ..<3_600: return "\(seconds / 60)m"
        case ..<86_400: return "\(seconds / 3_600)h"
        default: return "\(seconds / 86_400)d"
        }
    }

    /// The time of day: `14:02:11`.
    static func time(_ timestamp: Timestamp, offset: Int64) -> String {
        let seconds = secondsOfDay(timestamp, offset: offset)
        return [seconds / 3_600, seconds / 60 % 60, seconds % 60].map(twoDigits).joined(separator: ":")
    }

    /// The time of day to the millisecond: `14:02:11.042`.
    static func preciseTime(_ timestamp: Timestamp, offset: Int64) -> String {
        let milliseconds = String(1_000 + modulo(timestamp.milliseconds, 1_000)).dropFirst()
        return time(timestamp, offset: offset) + "." + milliseconds
    }

    /// A duration in minutes and seconds: `0:41`.
    static func duration(milliseconds: Int64) -> String {
        let seconds = max(0, milliseconds / 1_000)
        return "\(seconds / 60):" + twoDigits(seconds % 60)
    }

    private static func secondsOfDay(_ timestamp: Timestamp, offset: Int64) -> Int64 {
        let seconds = (timestamp.milliseconds - modulo(timestamp.milliseconds, 1_000)) / 1_000
        return modulo(seconds + offset, 86_400)
    }

    private static func modulo(_ number: Int64, _ divisor: Int64) -> Int64 {
        let rest = number % divisor
        return rest < 0 ? rest + divisor : rest
    }

    private static func twoDigits(_ number: Int64) -> String { number < 10 ? "0\(number)" : "\(number)" }
}
