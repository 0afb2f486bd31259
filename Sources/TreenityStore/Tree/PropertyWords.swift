import TreenityProtocol

/// Where the properties of all nodes are written: one array of 64-bit words, given out in stretches.
///
/// A stretch begins with a word of two numbers: the lower one is its user's, the upper one is how long it is. An entry,
/// one property, is a word with key, sender and length, a word with the timestamp, and the value's canonical text. Longer
/// texts stand apart, so that they are not copied about. All but these are plain numbers: a property with a value of up to
/// sixteen bytes takes 32, and is written over in place.
struct PropertyWords: Sendable {
    private var words = Pages<UInt64>()
    /// The first free stretch of each size class, chained by their first words.
    private var free: [Int32] = []
    private var longValues = Pages<JSONValue>()
    private var freeLongValues: [Int32] = []

    /// The longest text that stands in its entry, in bytes.
    private static let longest = 63
    /// The length of a text that stands apart.
    private static let apart: UInt64 = 0xFF

    subscript(word: Int32) -> UInt64 {
        @inline(__always) get { words[Int(word)] }
        @inline(__always) set { words[Int(word)] = newValue }
    }

    // MARK: Stretches

    /// Gives out a stretch of at least so many words, of which the user's number is zero.
    mutating func allocate(_ size: Int32) -> Int32 {
        let (sizeClass, capacity) = PropertyWords.sizeClass(holding: size)
        while free.count <= sizeClass { free.append(.none) }
        let stretch: Int32
        if free[sizeClass] != .none {
            stretch = free[sizeClass]
            free[sizeClass] = Int32(truncatingIfNeeded: self[stretch])
        } else {
            stretch = Int32(words.count)
            for _ in 0..<capacity { words.append(0) }
        }
        self[stretch] = UInt64(capacity) << 32
        return stretch
    }

    mutating func giveUp(_ stretch: Int32) {
        let (sizeClass, _) = PropertyWords.sizeClass(holding: capacity(of: stretch))
        self[stretch] = UInt64(UInt32(bitPattern: free[sizeClass]))
        free[sizeClass] = stretch
    }

    /// How many words a stretch has, its first one included.
    func capacity(of stretch: Int32) -> Int32 { Int32(truncatingIfNeeded: self[stretch] >> 32) }

    @inline(__always)
    func number(of stretch: Int32) -> Int32 { Int32(truncatingIfNeeded: self[stretch]) }

    /// - Precondition: the number is not negative.
    mutating func setNumber(of stretch: Int32, to number: Int32) {
        self[stretch] = (self[stretch] >> 32) << 32 | UInt64(number)
    }

    /// Sizes go by twos up to 32 words, then in four steps from one power of two to the next.
    private static func sizeClass(holding size: Int32) -> (number: Int, capacity: Int32) {
        guard size > 32 else { return (Int((size + 1) / 2) - 1, (size + 1) / 2 * 2) }
        let power = Int32(31 - (size - 1).leadingZeroBitCount)
        let step = Int32(1) << (power - 2)
        let steps = (size - (1 << power) + step - 1) / step
        return (16 + Int(power - 5) * 4 + Int(steps) - 1, (1 << power) + steps * step)
    }

    // MARK: Reading entries

    @inline(__always)
    func key(of entry: Int32) -> UInt32 { UInt32(truncatingIfNeeded: self[entry]) }

    @inline(__always)
    func stamp(of entry: Int32) -> StoredStamp {
        StoredStamp(
            timestamp: Int64(bitPattern: self[entry + 1]),
            sender: UInt32(truncatingIfNeeded: self[entry] >> 32) & StoredStamp.largestSender)
    }

    func value(of entry: Int32) -> JSONValue {
        let count = self[entry] >> 56
        if count == PropertyWords.apart { return longValues[Int(self[entry + 2])] }
        var bytes = InlineArray<64, UInt8>(repeating: 0)
        for place in 0..<(Int(count) + 7) / 8 {
            var word = words[Int(entry) + 2 + place]
            for index in place * 8..<place * 8 + 8 {
                bytes[index] = UInt8(truncatingIfNeeded: word)
                word >>= 8
            }
        }
        return JSONValue(part: 0..<Int(count), of: bytes.span)
    }

    func record(_ entry: Int32) -> PropertyRecord {
        PropertyRecord(key: key(of: entry), stamp: stamp(of: entry), value: value(of: entry))
    }

    /// How many words an entry has.
    @inline(__always)
    func size(of entry: Int32) -> Int32 { PropertyWords.size(self[entry]) }

    /// As ``size(of:)``, by the entry's first word.
    @inline(__always)
    static func size(_ head: UInt64) -> Int32 {
        let count = head >> 56
        return count == apart ? 3 : 2 + max(2, Int32(truncatingIfNeeded: (count + 7) >> 3))
    }

    /// How many words an entry with this value needs.
    static func size(of value: JSONValue) -> Int32 { size(ofLength: value.text.utf8.count) }

    @inline(__always)
    static func size(ofLength count: Int) -> Int32 {
        count > longest ? 3 : 2 + max(2, Int32(truncatingIfNeeded: (count + 7) >> 3))
    }

    // MARK: Writing entries

    mutating func write(_ record: PropertyRecord, at entry: Int32) {
        let text = record.value.text.utf8
        write(record.key, record.stamp, text.span, at: entry)
    }

    /// Writes an entry where none is.
    @inline(__always)
    mutating func write(_ key: UInt32, _ stamp: StoredStamp, _ bytes: Span<UInt8>, at entry: Int32) {
        let isLong = bytes.count > PropertyWords.longest
        let count = isLong ? PropertyWords.apart : UInt64(bytes.count)
        self[entry] = UInt64(key) | UInt64(stamp.sender) << 32 | count << 56
        self[entry + 1] = UInt64(bitPattern: stamp.timestamp)
        if isLong {
            self[entry + 2] = UInt64(store(JSONValue(part: bytes.indices, of: bytes)))
            return
        }
        var rest = bytes
        var place = entry + 2
        while let word = rest.firstWord {
            self[place] = word
            rest = rest.extracting(droppingFirst: 8)
            place += 1
        }
        guard !rest.isEmpty else { return }
        var word: UInt64 = 0
        for index in rest.indices { word |= UInt64(rest[index]) << UInt64(8 * index) }
        self[place] = word
    }

    /// Gives up what an entry has apart; its words mean nothing any more then.
    mutating func clear(_ entry: Int32) {
        guard self[entry] >> 56 == PropertyWords.apart else { return }
        let place = Int32(self[entry + 2])
        longValues[Int(place)] = .null
        freeLongValues.append(place)
    }

    private mutating func store(_ value: JSONValue) -> Int32 {
        guard let place = freeLongValues.popLast() else {
            longValues.append(value)
            return Int32(longValues.count - 1)
        }
        longValues[Int(place)] = value
        return place
    }
}
