/// The sizes of tree at which is measured, in nodes.
enum Scale: Int, CaseIterable {
    case hundredThousand = 100_000
    case million = 1_000_000

    /// The size in the names of figures.
    var label: String {
        switch self {
        case .hundredThousand: "100k"
        case .million: "1m"
        }
    }
}
