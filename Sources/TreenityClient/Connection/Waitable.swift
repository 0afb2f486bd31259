/// What may wait in a ``Backlog``.
protocol Waitable: Sendable {
    /// How much room it takes.
    var weight: Int { get }

    /// Takes in what came right after it, where both can wait as one.
    ///
    /// - Returns: `false` where they cannot; nothing has happened then.
    mutating func absorb(_ next: Self) -> Bool
}
