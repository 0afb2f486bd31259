/// A regular expression, matched in time linear in the text whatever the pattern (Thompson 1968; Pike's machine): all ways
/// through the pattern are followed at once.
///
/// `.` `[a-z]` `[^…]` `\d \w \s \D \W \S` `^ $ \b \B` `( )` `(?: )` `|` `* + ? {n} {n,} {n,m}` and their reluctant forms
/// with `?`. There are no references back and no looking around.
struct RegularExpression: Sendable {
    let program: RegularProgram
    let ignoresCase: Bool

    /// - Throws: what is wrong with the pattern, and where.
    init(_ pattern: String, ignoresCase: Bool = false) throws(RegularError) {
        var parser = RegularParser(pattern)
        program = try RegularProgram(try parser.parse())
        self.ignoresCase = ignoresCase
    }

    /// Whether the pattern is somewhere in the text. O(text · pattern).
    func matches(_ text: String) -> Bool {
        var machine = RegularMachine(program, Array(text.unicodeScalars), ignoresCase: ignoresCase)
        return machine.match(from: 0, isAnyEnough: true) != nil
    }

    /// Where the pattern is in the text, from left to right without overlap, blank matches left out.
    ///
    /// - Parameter most: so many at most, so that the time is bounded.
    func ranges(in text: String, most: Int = 16) -> [Range<String.Index>] {
        let scalars = text.unicodeScalars
        var machine = RegularMachine(program, Array(scalars), ignoresCase: ignoresCase)
        var ranges: [Range<String.Index>] = []
        var place = 0
        while ranges.count < most, let match = machine.match(from: place, isAnyEnough: false) {
            if match.isEmpty {
                place = match.upperBound + 1
                guard place <= machine.text.count else { break }
            } else {
                let start = scalars.index(scalars.startIndex, offsetBy: match.lowerBound)
                ranges.append(start..<scalars.index(start, offsetBy: match.count))
                place = match.upperBound
            }
        }
        return ranges
    }
}

/// What is wrong with a pattern, and at which of its characters, counted from 1.
struct RegularError: Error, Equatable, CustomStringConvertible {
    let problem: String
    let place: Int

    var description: String { "\(problem) at character \(place)" }
}
