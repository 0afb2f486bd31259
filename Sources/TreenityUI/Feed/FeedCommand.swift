/// What is done about the patches that arrived.
enum FeedCommand: Hashable, Sendable {
    case filter, ofSubtree, mute
    case timeFormat
    case details, revert, export
    case company
}
