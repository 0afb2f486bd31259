/// How many child nodes a node has, as far as that is known.
public enum ChildCount: Hashable, Sendable {
    /// So many.
    case exactly(Int)
    /// So many or others: something happened below, where nothing is loaded, that may have made nodes; or the node itself
    /// came from there, and of its properties too only some are known.
    case about(Int)
    /// Nothing is known, and it may be a property instead: it came from where nothing is loaded.
    case unknown

    /// The number, or the best guess at it.
    public var number: Int {
        switch self {
        case .exactly(let number), .about(let number): number
        case .unknown: 0
        }
    }

    /// Whether the number is true.
    public var isExact: Bool {
        switch self {
        case .exactly: true
        case .about, .unknown: false
        }
    }
}

extension ChildCount {
    /// As in a record: a number that is not exact is stored as its complement, which is negative.
    init(stored: Int32) {
        switch stored {
        case 0...: self = .exactly(Int(stored))
        case .min: self = .unknown
        default: self = .about(Int(~stored))
        }
    }

    var stored: Int32 {
        switch self {
        case .exactly(let number): Int32(clamping: number)
        case .about(let number): max(~Int32(clamping: number), .min + 1)
        case .unknown: .min
        }
    }

    /// After children have come or gone.
    func adding(_ count: Int) -> ChildCount {
        switch self {
        case .exactly(let number): .exactly(max(0, number + count))
        case .about(let number): .about(max(0, number + count))
        case .unknown: .unknown
        }
    }

    /// After something of which the effect is not known.
    var doubted: ChildCount {
        switch self {
        case .exactly(let number), .about(let number): .about(number)
        case .unknown: .unknown
        }
    }
}
