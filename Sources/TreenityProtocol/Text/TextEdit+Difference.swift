extension TextEdit {
    /// The edit that makes one text of another by replacing what lies between their common start and end.
    ///
    /// This is what an editor needs that knows its text before and after a key, but not what the key did. Texts are
    /// compared byte for byte, and parted between scalars. O(length).
    public static func between(_ old: String, _ new: String) -> TextEdit {
        let (old, new) = (Array(old.utf8), Array(new.utf8))
        let start = lengthOfCommonStart(old, new)
        let end = lengthOfCommonEnd(old[start...], new[start...])
        var builder = TextEditBuilder(capacity: 3)
        builder.keep(old.scalarStarts(in: 0..<start))
        builder.insert(String(decoding: new[start..<new.count - end], as: UTF8.self))
        builder.delete(old.scalarStarts(in: start..<old.count - end))
        return builder.finish()
    }

    private static func lengthOfCommonStart(_ old: [UInt8], _ new: [UInt8]) -> Int {
        let limit = min(old.count, new.count)
        var length = 0
        while length < limit, old[length] == new[length] { length += 1 }
        // Scalars that differ may begin with the same bytes.
        while length < limit, length > 0, old[length].continuesScalar || new[length].continuesScalar { length -= 1 }
        return length
    }

    private static func lengthOfCommonEnd(_ old: ArraySlice<UInt8>, _ new: ArraySlice<UInt8>) -> Int {
        let limit = min(old.count, new.count)
        var length = 0
        while length < limit, old[old.endIndex - 1 - length] == new[new.endIndex - 1 - length] { length += 1 }
        // Scalars that differ may end with the same bytes.
        while length > 0, old[old.endIndex - length].continuesScalar { length -= 1 }
        return length
    }
}
