/// How far an order is: each leads to the next.
enum OrderStatus: String, CaseIterable, Sendable {
    case new, paid, packed, shipped, delivered

    /// What comes next; `nil` at the end.
    var next: OrderStatus? {
        switch self {
        case .new: .paid
        case .paid: .packed
        case .packed: .shipped
        case .shipped: .delivered
        case .delivered: nil
        }
    }
}
