/// By whose right a patch is applied.
public enum ApplyRule: Sendable {
    /// As a server admits what its clients send: refused where the table of operations says so, older leaves dropped.
    /// Below a node that is not loaded nothing can be decided: `unavailable`.
    case admission
    /// As a client applies what a server has put in order: it is done as it says, whatever was there. Nothing older can
    /// follow, so that deletions are not remembered. Below a node that is not loaded only the number of its children
    /// changes.
    case decided
    /// As one merges patches that nobody has put in order: what is missing is created, older leaves are dropped, a
    /// deletion takes what is older than itself. The same `ADD`s, `EDIT`s and `DELETE`s in any order give the same tree.
    case merge

    var isStrict: Bool {
        switch self {
        case .admission: true
        case .decided, .merge: false
        }
    }

    /// Older writes give way, to newer ones and to deletions.
    var comparesStamps: Bool {
        switch self {
        case .admission, .merge: true
        case .decided: false
        }
    }
}
