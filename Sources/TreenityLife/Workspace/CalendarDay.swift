import TreenityProtocol

/// A day of the Gregorian calendar in UTC, written `2026-02-14`.
struct CalendarDay: Hashable, Sendable, CustomStringConvertible {
    let description: String

    /// The day so many days after a moment.
    ///
    /// After Howard Hinnant, “chrono-compatible low-level date algorithms”: years begin in March, eras have 400 years.
    init(_ days: Int64, after timestamp: Timestamp) {
        let day = timestamp.milliseconds / 86_400_000 + days + 719_468
        let era = (day >= 0 ? day : day - 146_096) / 146_097
        let dayOfEra = day - era * 146_097
        let yearOfEra = (dayOfEra - dayOfEra / 1_460 + dayOfEra / 36_524 - dayOfEra / 146_096) / 365
        let dayOfYear = dayOfEra - (365 * yearOfEra + yearOfEra / 4 - yearOfEra / 100)
        let shifted = (5 * dayOfYear + 2) / 153
        let month = shifted < 10 ? shifted + 3 : shifted - 9
        let year = yearOfEra + era * 400 + (month <= 2 ? 1 : 0)
        let dayOfMonth = dayOfYear - (153 * shifted + 2) / 5 + 1
        description = "\(year)-\(CalendarDay.twoDigits(month))-\(CalendarDay.twoDigits(dayOfMonth))"
    }

    private static func twoDigits(_ number: Int64) -> String { number < 10 ? "0\(number)" : "\(number)" }
}
