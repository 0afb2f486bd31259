/// What the first bytes of an SQLite file say (“The Database Header” in SQLite's file format).
struct FileHeader: Hashable {
    /// So many bytes are looked at.
    static let count = 100

    let applicationID: Int32
    let version: Int32
    /// How long the file has to be, when nothing waits in a journal beside it.
    let fileSize: Int

    /// `nil`: the bytes do not begin an SQLite file.
    init?(_ bytes: [UInt8]) {
        guard bytes.count >= FileHeader.count, bytes.starts(with: Array("SQLite format 3\0".utf8)) else { return nil }
        func number(_ range: Range<Int>) -> UInt32 { bytes[range].reduce(0) { $0 << 8 | UInt32($1) } }
        applicationID = Int32(bitPattern: number(68..<72))
        version = Int32(bitPattern: number(60..<64))
        let pageSize = number(16..<18)
        fileSize = Int(number(28..<32)) * (pageSize == 1 ? 65_536 : Int(pageSize))
    }
}
