/// The keys of one object so far, to notice a duplicate: cheap for the few keys that objects usually have, O(1) a key
/// for those with many.
struct SeenKeys {
    private var few: [ArraySlice<UInt8>] = []
    private var many: Set<ArraySlice<UInt8>> = []
    private var first: ArraySlice<UInt8>?

    /// `false` where the key was there already.
    mutating func insert(_ key: ArraySlice<UInt8>) -> Bool {
        guard let first else {
            first = key
            return true
        }
        if first == key { return false }
        if !many.isEmpty { return many.insert(key).inserted }
        if few.contains(key) { return false }
        few.append(key)
        if few.count > 16 { many = Set(few) }
        return true
    }
}
