/// Reads a pattern.
struct RegularParser {
    private let scalars: [Unicode.Scalar]
    private var place = 0
    private var depth = 0

    private static let mostDepth = 100
    /// The largest number of a repetition.
    static let mostTimes = 1_000

    init(_ pattern: String) {
        scalars = Array(pattern.unicodeScalars)
    }

    mutating func parse() throws(RegularError) -> RegularTree {
        let tree = try choice()
        if place < scalars.count { throw error("“)” without “(”") }
        return tree
    }

    private var next: Unicode.Scalar? { place < scalars.count ? scalars[place] : nil }

    private func error(_ problem: String, at place: Int? = nil) -> RegularError {
        RegularError(problem: problem, place: (place ?? self.place) + 1)
    }

    private mutating func take(_ scalar: Unicode.Scalar) -> Bool {
        guard next == scalar else { return false }
        place += 1
        return true
    }

    private mutating func choice() throws(RegularError) -> RegularTree {
        var branches = [try sequence()]
        while take("|") { branches.append(try sequence()) }
        return branches.count == 1 ? branches[0] : .choice(branches)
    }

    private mutating func sequence() throws(RegularError) -> RegularTree {
        var parts: [RegularTree] = []
        while let scalar = next, scalar != "|", scalar != ")" {
            let start = place
            let atom = try atom()
            parts.append(try repetition(of: atom, from: start))
        }
        return parts.isEmpty ? .blank : parts.count == 1 ? parts[0] : .sequence(parts)
    }

    private mutating func atom() throws(RegularError) -> RegularTree {
        guard let scalar = next else { return .blank }
        let start = place
        place += 1
        switch scalar {
        case "(": return try group(from: start)
        case "[": return .scalar(try set(from: start))
        case ".": return .scalar(.any)
        case "^": return .assertion(.start)
        case "$": return .assertion(.end)
        case "*", "+", "?": throw error("nothing to repeat before “\(scalar)”", at: start)
        case "\\": return try escape(from: start)
        default: return .scalar(ScalarSet(scalar))
        }
    }

    private mutating func group(from start: Int) throws(RegularError) -> RegularTree {
        depth += 1
        defer { depth -= 1 }
        guard depth <= RegularParser.mostDepth else { throw error("too many groups in one another", at: start) }
        if take("?"), !take(":") { throw error("only “(?:” may follow “(”", at: start) }
        let tree = try choice()
        guard take(")") else { throw error("“(” without “)”", at: start) }
        return tree
    }

    // MARK: Repetitions

    private mutating func repetition(of atom: RegularTree, from start: Int) throws(RegularError) -> RegularTree {
        var tree = atom
        while let (least, most) = try times() {
            if let most, most < least { throw error("the repetition ends before it begins") }
            if max(least, most ?? 0) > RegularParser.mostTimes {
                throw error("a repetition of more than \(RegularParser.mostTimes) times")
            }
            let isGreedy = !take("?")
            tree = .repetition(tree, least: least, most: most, isGreedy: isGreedy)
        }
        return tree
    }

    private mutating func times() throws(RegularError) -> (Int, Int?)? {
        if take("*") { return (0, nil) }
        if take("+") { return (1, nil) }
        if take("?") { return (0, 1) }
        guard next == "{" else { return nil }
        let start = place
        place += 1
        guard let least = number() else {
            // A brace that counts nothing stands for itself.
            place = start
            return nil
        }
        var most: Int? = least
        if take(",") { most = number() }
        guard take("}") else { throw error("“{” without “}”", at: start) }
        return (least, most)
    }

    private mutating func number() -> Int? {
        let start = place
        while let scalar = next, ScalarSet.digits.contains(scalar) { place += 1 }
        guard place > start else { return nil }
        var text = String.UnicodeScalarView()
        text.append(contentsOf: scalars[start..<place])
        return Int(String(text)) ?? .max
    }

    // MARK: Classes

    private mutating func set(from start: Int) throws(RegularError) -> ScalarSet {
        var set = ScalarSet()
        let isInverted = take("^")
        var isFirst = true
        while let scalar = next, scalar != "]" || isFirst {
            isFirst = false
            let from = place
            place += 1
            var low = scalar
            if scalar == "\\" {
                guard case .scalar(let escaped) = try escape(from: from), !escaped.isInverted else {
                    throw error("this has no meaning between “[” and “]”", at: from)
                }
                guard escaped.ranges.count == 1, escaped.ranges[0].count == 1,
                    let single = Unicode.Scalar(escaped.ranges[0].lowerBound)
                else {
                    for range in escaped.ranges { set.insert(range) }
                    continue
                }
                low = single
            }
            guard next == "-", place + 1 < scalars.count, scalars[place + 1] != "]" else {
                set.insert(low.value...low.value)
                continue
            }
            place += 1
            var high = scalars[place]
            place += 1
            if high == "\\", let escaped = next {
                high = escaped
                place += 1
            }
            guard low.value <= high.value else { throw error("“\(low)-\(high)” is no range", at: from) }
            set.insert(low.value...high.value)
        }
        guard take("]") else { throw error("“[” without “]”", at: start) }
        set.isInverted = isInverted
        return set
    }

    private mutating func escape(from start: Int) throws(RegularError) -> RegularTree {
        guard let scalar = next else { throw error("nothing after “\\”", at: start) }
        place += 1
        switch scalar {
        case "d": return .scalar(.digits)
        case "D": return .scalar(ScalarSet(ScalarSet.digits.ranges, isInverted: true))
        case "s": return .scalar(.space)
        case "S": return .scalar(ScalarSet(ScalarSet.space.ranges, isInverted: true))
        case "w": return .scalar(ScalarSet(RegularParser.word))
        case "W": return .scalar(ScalarSet(RegularParser.word, isInverted: true))
        case "b": return .assertion(.wordBorder)
        case "B": return .assertion(.noWordBorder)
        case "t": return .scalar(ScalarSet("\t"))
        case "n": return .scalar(ScalarSet("\n"))
        case "r": return .scalar(ScalarSet("\r"))
        default:
            if scalar.isASCII, scalar.isWordly { throw error("“\\\(scalar)” has no meaning", at: start) }
            return .scalar(ScalarSet(scalar))
        }
    }

    /// Letters and digits of ASCII, the low line, and all letters beyond Latin-1's signs.
    private static let word: [ClosedRange<UInt32>] = [
        0x30...0x39, 0x41...0x5A, 0x5F...0x5F, 0x61...0x7A, 0xAA...0xAA, 0xB5...0xB5, 0xBA...0xBA, 0xC0...0xD6,
        0xD8...0xF6, 0xF8...0x1FFF, 0x2C00...0x2DFF, 0x3005...0x3007, 0x3031...0xD7FF, 0xF900...0xFDFF,
        0xFE70...0xFEFE, 0xFF10...0xFFDC, 0x10000...0x1CFFF, 0x20000...0x3FFFF,
    ]
}
