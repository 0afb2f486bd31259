public import TreenityProtocol

/// When a token ends to be good: a day of UTC or a moment in it, as a person writes it (ISO 8601).
public struct Expiry: Hashable, Sendable, CustomStringConvertible {
    /// The first moment at which the token is good no more. A token that expires on a day is good until that day is over.
    public let moment: Timestamp
    /// As it was written.
    public let description: String

    /// Reads `2027-01-31`, `2027-01-31T18:00Z` or `2027-01-31T18:00:30Z`; a space may stand for the `T`, and the `Z` may
    /// be left out. `nil`: the text is no such moment.
    public init?(_ text: String) {
        var reader = DateReader(text)
        guard let day = reader.day() else { return nil }
        let seconds: Int64
        if reader.isAtEnd {
            seconds = (day + 1) * 86_400
        } else {
            guard let time = reader.time(), reader.isAtEnd else { return nil }
            seconds = day * 86_400 + time
        }
        moment = Timestamp(milliseconds: seconds * 1_000)
        description = text
    }
}

/// Reads a date and a time from the left.
private struct DateReader {
    private var rest: Substring.UTF8View

    init(_ text: String) {
        rest = text[...].utf8
    }

    var isAtEnd: Bool { rest.isEmpty }

    /// The days since 1970.
    mutating func day() -> Int64? {
        guard let year = number(4), take("-"), let month = number(2), take("-"), let day = number(2) else { return nil }
        let isLeap = year % 4 == 0 && year % 100 != 0 || year % 400 == 0
        let lengths = [31, isLeap ? 29 : 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31]
        guard year >= 1970, 1...12 ~= month, 1...lengths[month - 1] ~= day else { return nil }
        let years = year - 1
        let before = years * 365 + years / 4 - years / 100 + years / 400
        return Int64(before - 719_162 + lengths[..<(month - 1)].reduce(0, +) + day - 1)
    }

    /// The seconds since midnight.
    mutating func time() -> Int64? {
        guard take("T") || take(" "), let hour = number(2), take(":"), let minute = number(2) else { return nil }
        var second = 0
        if take(":") {
            guard let number = number(2) else { return nil }
            second = number
        }
        _ = take("Z")
        guard hour < 24, minute < 60, second < 60 else { return nil }
        return Int64(hour * 3_600 + minute * 60 + second)
    }

    private mutating func number(_ digits: Int) -> Int? {
        let text = rest.prefix(digits)
        guard text.count == digits, text.allSatisfy({ 0x30...0x39 ~= $0 }) else { return nil }
        rest = rest.dropFirst(digits)
        return Int(String(Substring(text)))
    }

    private mutating func take(_ character: Unicode.Scalar) -> Bool {
        guard rest.first == UInt8(ascii: character) else { return false }
        rest = rest.dropFirst()
        return true
    }
}
