extension RandomAccessCollection where Index == Int {
    /// The first place whose element satisfies a condition that holds for all after it. O(log n).
    package func partitioningIndex(where holds: (Element) -> Bool) -> Int {
        var low = startIndex
        var high = endIndex
        while low < high {
            let middle = (low + high) / 2
            if holds(self[middle]) { high = middle } else { low = middle + 1 }
        }
        return low
    }
}
