/// Texts are measured in Unicode scalar values, but walked byte by byte: every byte of UTF-8 that does not continue a
/// scalar begins one, and counting those is far faster than decoding.
extension String {
    /// How many Unicode scalar values these are. O(length).
    var scalarCount: Int {
        self[...].measure(scalars: .max).scalars
    }
}

extension Substring {
    /// Takes the first `count` scalars off, or all where there are fewer. O(length of what is taken).
    ///
    /// - Returns: what was taken off, and how many scalars these are.
    mutating func removeFirst(scalars count: Int) -> (text: Substring, scalars: Int) {
        let (scalars, bytes) = measure(scalars: count)
        let end = utf8.index(startIndex, offsetBy: bytes)
        let taken = self[..<end]
        self = self[end...]
        return (taken, scalars)
    }

    /// How many scalars there are, up to `limit`, and in how many bytes.
    fileprivate func measure(scalars limit: Int) -> (scalars: Int, bytes: Int) {
        utf8.withContiguousStorageIfAvailable { $0.measure(scalars: limit) } ?? Array(utf8).measure(scalars: limit)
    }
}

extension RandomAccessCollection<UInt8> where Index == Int {
    /// - Precondition: the bytes are whole scalars, and the first has the index 0.
    fileprivate func measure(scalars limit: Int) -> (scalars: Int, bytes: Int) {
        var scalars = 0
        var place = 0
        while scalars < limit, place < count {
            // So many bytes cannot begin more scalars than are still wanted, so that nothing is passed over.
            let stop = place + Swift.min(limit - scalars, count - place)
            scalars += scalarStarts(in: place..<stop)
            place = stop
        }
        while place < count, self[place].continuesScalar { place += 1 }
        return (scalars, place)
    }
}

extension RandomAccessCollection<UInt8> where Index == Int {
    /// How many of the bytes begin a scalar; free of branches, so that it is done on many bytes at once.
    func scalarStarts(in range: Range<Int>) -> Int {
        var count = 0
        for place in range { count &+= self[place].continuesScalar ? 0 : 1 }
        return count
    }
}

extension UInt8 {
    /// Whether this is no scalar's first byte in UTF-8.
    var continuesScalar: Bool { self & 0xC0 == 0x80 }
}
