/// A pattern as it was read.
indirect enum RegularTree: Equatable, Sendable {
    case blank
    case scalar(ScalarSet)
    case sequence([RegularTree])
    case choice([RegularTree])
    /// So many times at least, and at most (`nil`: any number); greedy: as often as can be.
    case repetition(RegularTree, least: Int, most: Int?, isGreedy: Bool)
    case assertion(RegularAssertion)
}

/// What must hold at a place between characters.
enum RegularAssertion: Equatable, Sendable {
    case start, end, wordBorder, noWordBorder
}

/// Some characters.
struct ScalarSet: Equatable, Sendable {
    private(set) var ranges: [ClosedRange<UInt32>] = []
    var isInverted = false

    static let digits = ScalarSet([0x30...0x39])
    static let space = ScalarSet([0x09...0x0D, 0x20...0x20, 0x85...0x85, 0xA0...0xA0, 0x2000...0x200A, 0x3000...0x3000])
    static let any = ScalarSet([0x0A...0x0A], isInverted: true)

    init(_ ranges: [ClosedRange<UInt32>] = [], isInverted: Bool = false) {
        self.ranges = ranges
        self.isInverted = isInverted
    }

    init(_ scalar: Unicode.Scalar) {
        ranges = [scalar.value...scalar.value]
    }

    mutating func insert(_ range: ClosedRange<UInt32>) { ranges.append(range) }

    func contains(_ scalar: Unicode.Scalar) -> Bool {
        ranges.contains { $0.contains(scalar.value) } != isInverted
    }

    /// Whether it has the character, or the same one as a capital or small letter.
    func containsAnyCase(of scalar: Unicode.Scalar) -> Bool {
        // Of an inverted set, what is left out counts in any case.
        let forms = [scalar, scalar.lowered, scalar.raised]
        let isListed = forms.contains { form in ranges.contains { $0.contains(form.value) } }
        return isListed != isInverted
    }
}

extension Unicode.Scalar {
    /// The small letter, where it is one character.
    var lowered: Unicode.Scalar {
        if isASCII { return 0x41...0x5A ~= value ? Unicode.Scalar(UInt8(value) | 0x20) : self }
        let mapped = properties.lowercaseMapping.unicodeScalars
        return mapped.count == 1 ? mapped.first ?? self : self
    }

    /// The capital letter, where it is one character.
    var raised: Unicode.Scalar {
        if isASCII { return 0x61...0x7A ~= value ? Unicode.Scalar(UInt8(value) & 0xDF) : self }
        let mapped = properties.uppercaseMapping.unicodeScalars
        return mapped.count == 1 ? mapped.first ?? self : self
    }

    /// A letter, a digit or a low line.
    var isWordly: Bool {
        if isASCII { return 0x30...0x39 ~= value || 0x41...0x5A ~= value || 0x61...0x7A ~= value || value == 0x5F }
        return properties.isAlphabetic || properties.numericType != nil
    }
}
