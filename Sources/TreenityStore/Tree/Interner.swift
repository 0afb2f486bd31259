/// Gives equal values one small number each, so that a tree of a million nodes holds each name once.
struct Interner<Value: Hashable & Sendable>: Sendable {
    private var numbers: [Value: UInt32] = [:]
    private var values: [Value] = []

    /// The number of `value`, a new one where it is seen for the first time. O(1).
    mutating func intern(_ value: Value) -> UInt32 {
        if let number = numbers[value] { return number }
        let number = UInt32(values.count)
        numbers[value] = number
        values.append(value)
        return number
    }

    /// The number of `value`, where it has been seen. O(1).
    func number(of value: Value) -> UInt32? { numbers[value] }

    /// The value with that number. O(1).
    subscript(number: UInt32) -> Value { values[Int(number)] }
}
