internal import TreenityUI

/// The sequences that a terminal's own description gives for its keys.
struct KeyTable {
    private var keys: [ArraySlice<UInt8>: Key] = [:]
    private var beginnings: Set<ArraySlice<UInt8>> = []

    /// The names that terminfo has for keys (terminfo(5), "key_").
    static let capabilities: [(name: String, key: Key)] =
        [
            ("kcuu1", .up), ("kcud1", .down), ("kcub1", .left), ("kcuf1", .right), ("khome", .home), ("kend", .end),
            ("kpp", .pageUp), ("knp", .pageDown), ("kich1", .insert), ("kdch1", .delete), ("kcbt", .backTab),
            ("kent", .enter), ("kri", .up), ("kind", .down), ("kLFT", .left), ("kRIT", .right), ("kHOM", .home),
            ("kEND", .end), ("kPRV", .pageUp), ("kNXT", .pageDown), ("kDC", .delete), ("kfnd", .home), ("kslt", .end),
        ] + (1...12).map { ("kf\($0)", .function($0)) }

    /// What some input begins with, as far as the table knows.
    enum Match: Equatable {
        case none
        case incomplete
        case key(Key, length: Int)
    }

    /// Takes those sequences that cannot be mistaken for something typed: Escape and at least one byte more. The first of
    /// two that are equal counts, and none that is the beginning of another.
    init(_ sequences: some Sequence<(bytes: [UInt8], key: Key)> = []) {
        for (bytes, key) in sequences where bytes.count > 1 && bytes[0] == 0x1B {
            let bytes = bytes[...]
            guard keys[bytes] == nil else { continue }
            keys[bytes] = key
            for length in 1..<bytes.count { beginnings.insert(bytes.prefix(length)) }
        }
        for beginning in beginnings { keys[beginning] = nil }
    }

    /// Looks for the sequence that the bytes begin with.
    ///
    /// - Complexity: O(n²) in the length of the longest sequence in the table, which is below ten.
    func match(_ bytes: ArraySlice<UInt8>) -> Match {
        for length in 1...max(1, bytes.count) {
            let candidate = bytes.prefix(length)
            if let key = keys[candidate] { return .key(key, length: length) }
            guard beginnings.contains(candidate) else { return .none }
        }
        return .incomplete
    }
}
