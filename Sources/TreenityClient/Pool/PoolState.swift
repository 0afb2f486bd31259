/// Which sockets a pool has, and how many streams hold each.
struct PoolState {
    var sockets: [Int: Socket] = [:]
    private var count = 0

    mutating func makeNumber() -> Int {
        count += 1
        return count
    }

    /// The fullest socket to a server with room for another stream.
    func socket(to key: SocketKey, below limit: Int) -> (number: Int, socket: Socket)? {
        sockets.filter { $0.value.key == key && $0.value.leases < limit }
            .max { ($0.value.leases, $1.key) < ($1.value.leases, $0.key) }
            .map { ($0.key, $0.value) }
    }

    /// A stream lets go.
    ///
    /// - Returns: how often the socket has been left by its last stream, where it has now been; `nil`: it has others.
    mutating func release(_ number: Int) -> Int? {
        guard var socket = sockets[number] else { return nil }
        socket.leases -= 1
        if socket.leases == 0 { socket.idleCount += 1 }
        sockets[number] = socket
        return socket.leases == 0 ? socket.idleCount : nil
    }

    /// Takes out a socket that has had no stream since then.
    mutating func takeIdle(_ number: Int, ifStill idleCount: Int) -> Socket? {
        guard let socket = sockets[number], socket.leases == 0, socket.idleCount == idleCount else { return nil }
        return sockets.removeValue(forKey: number)
    }
}

/// One socket of a pool.
struct Socket {
    let key: SocketKey
    let live: LiveTree
    let task: Task<Void, Never>
    /// How many streams hold it.
    var leases: Int
    /// How often it has been left by its last stream.
    var idleCount = 0
}

/// Which streams may share a socket: those to one server.
struct SocketKey: Hashable {
    private let host: String
    private let port: Int
    private let isSecure: Bool
    private let target: String

    init(_ address: ServerAddress) {
        host = address.host
        port = address.port
        isSecure = address.isSecure
        target = address.target
    }
}
