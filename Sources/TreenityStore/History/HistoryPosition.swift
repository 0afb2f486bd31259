extension History {
    /// A state of the tree: the one after so many changes. The change of number *n* leads from position *n* − 1 to *n*.
    ///
    /// Counted by the history itself, so that patches without `seq`, and several of one `seq`, have places too.
    public struct Position: Hashable, Comparable, Sendable {
        /// How many changes lead to it, from the beginning of the history on, whether they are remembered or not.
        public let number: Int

        /// The state after so many changes.
        public init(_ number: Int) {
            self.number = number
        }

        /// The state one change later.
        public var next: Position { Position(number + 1) }

        /// The state one change earlier.
        public var previous: Position { Position(number - 1) }

        /// The earlier state is the smaller.
        public static func < (one: Position, other: Position) -> Bool { one.number < other.number }
    }
}
