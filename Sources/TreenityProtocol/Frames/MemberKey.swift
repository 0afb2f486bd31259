/// The keys of the members that frames are made of; members under other keys are ignored.
enum MemberKey: Int, CaseIterable {
    case type, id, operation, path, value, timestamp, meta, base, seq, patches, previous
    case nodes, properties, children, more, depth, since, epoch, from, before, limit, query, paths
    case code, message, index, superseded, sessions, session, user, `protocol`, time, limits

    /// How many keys there are.
    static let count = 33

    /// The key that this word is.
    @inline(__always)
    init?(_ word: PackedWord) {
        switch word {
        case "type": self = .type
        case "id": self = .id
        case "operation": self = .operation
        case "path": self = .path
        case "value": self = .value
        case "timestamp": self = .timestamp
        case "meta": self = .meta
        case "base": self = .base
        case "seq": self = .seq
        case "patches": self = .patches
        case "previous": self = .previous
        case "nodes": self = .nodes
        case "properties": self = .properties
        case "children": self = .children
        case "more": self = .more
        case "depth": self = .depth
        case "since": self = .since
        case "epoch": self = .epoch
        case "from": self = .from
        case "before": self = .before
        case "limit": self = .limit
        case "query": self = .query
        case "paths": self = .paths
        case "code": self = .code
        case "message": self = .message
        case "index": self = .index
        case "superseded": self = .superseded
        case "sessions": self = .sessions
        case "session": self = .session
        case "user": self = .user
        case "protocol": self = .protocol
        case "time": self = .time
        case "limits": self = .limits
        default: return nil
        }
    }
}
