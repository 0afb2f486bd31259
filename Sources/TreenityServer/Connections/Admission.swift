/// Whether a request is let in.
enum Admission: Hashable, Sendable {
    /// As whom; `nil`: as one of those who need not prove who they are.
    case granted(Identity?)
    case refused(HTTPAnswer)
}
