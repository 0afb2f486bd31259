/// How far the user is kept from changing a tree by mistake.
public enum Protection: Hashable, Sendable {
    /// Not at all.
    case open
    /// Nothing can be changed.
    case readOnly
    /// Nothing can be changed before this name was typed.
    case protected(name: String)
}
