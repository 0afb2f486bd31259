/// The counting of a ``Crowd``, without its lock.
struct CrowdMachine {
    private let limit: Int
    private let limitPerOrigin: Int
    private var count = 0
    private var counts: [String: Int] = [:]

    init(limit: Int, limitPerOrigin: Int) {
        self.limit = limit
        self.limitPerOrigin = limitPerOrigin
    }

    mutating func enter(_ visitor: Visitor) -> Bool {
        guard count < limit else { return false }
        if let origin = visitor.origin {
            guard counts[origin, default: 0] < limitPerOrigin else { return false }
            counts[origin, default: 0] += 1
        }
        count += 1
        return true
    }

    mutating func leave(_ visitor: Visitor) {
        count -= 1
        guard let origin = visitor.origin, let left = counts[origin] else { return }
        counts[origin] = left > 1 ? left - 1 : nil
    }
}
