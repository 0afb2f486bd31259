extension String {
    /// So many blanks. (Repeating a string appends it so many times.)
    static func blank(_ count: Int) -> String {
        String(decoding: [UInt8](repeating: 0x20, count: Swift.max(0, count)), as: UTF8.self)
    }
}
