/// What changes much at once, takes back, or carries away.
enum ActCommand: Hashable, Sendable {
    case mark, markRange
    case copySubtree, copyValue, copyPath, copyKey, copyNode
    case undo, redo
    case execute
    case showRefused
    case toggleLock
}
