import Foundation

/// Writers that each keep patches in flight, and subscribers to all of them.
struct FanOut {
    let subscribers: Int
    let writers: Int
    let isDurable: Bool
    /// How many patches each writer has sent and not got an ACK for.
    var inFlight = 64
    /// How long it is measured, in seconds of the clock.
    var duration = 3.0

    /// Deliveries for a second of the server's processor time, ACKs for a second of the clock, and bytes of the server's
    /// memory for a connection that has just subscribed.
    func run() throws -> [Double] {
        let server = try ServerProcess(isDurable: isDurable)
        let before = try server.residentBytes()
        let readers = try (0..<subscribers).map { _ in
            let reader = try LoadConnection(port: server.port, counting: #""seq":"#)
            try reader.write(LoadConnection.frame(#"{"type":"SUBSCRIBE","id":"s","path":"tree"}"#))
            return reader
        }
        let senders = try (0..<writers).map { _ in try LoadConnection(port: server.port, counting: #""ACK""#) }
        var load = Load(readers: readers, senders: senders, inFlight: inFlight)
        try load.run(for: 0.5, isSending: false)
        let memory = Double(try server.residentBytes() - before) / Double(subscribers + writers)
        try load.run(for: 0.5, isSending: true)
        let (start, delivered, acknowledged) = (try server.processorTime(), load.delivered, load.acknowledged)
        let seconds = try load.run(for: duration, isSending: true)
        let used = try server.processorTime() - start
        return [
            Double(load.delivered - delivered) / used, Double(load.acknowledged - acknowledged) / seconds, memory,
        ]
    }
}

/// The connections, and one loop for all of them.
private struct Load {
    private let connections: [LoadConnection]
    private let readers: Range<Int>
    private let senders: Range<Int>
    private let inFlight: Int
    private var sent: [Int]

    init(readers: [LoadConnection], senders: [LoadConnection], inFlight: Int) {
        connections = readers + senders
        self.readers = readers.indices
        self.senders = readers.count..<readers.count + senders.count
        self.inFlight = inFlight
        sent = Array(repeating: 0, count: senders.count)
    }

    var delivered: Int { readers.reduce(0) { $0 + connections[$1].count } }
    var acknowledged: Int { senders.reduce(0) { $0 + connections[$1].count } }

    /// Returns how long it took, in seconds.
    @discardableResult
    mutating func run(for duration: Double, isSending: Bool) throws -> Double {
        let clock = ContinuousClock()
        let start = clock.now
        var states = connections.map { pollfd(fd: $0.socket, events: Int16(POLLIN), revents: 0) }
        while start.duration(to: clock.now) < .seconds(duration) {
            if isSending { try send() }
            guard poll(&states, nfds_t(states.count), 1) > 0 else { continue }
            for (connection, state) in zip(connections, states) where state.revents != 0 { try connection.receive() }
        }
        return start.duration(to: clock.now) / .seconds(1)
    }

    private mutating func send() throws {
        for (writer, index) in senders.enumerated() {
            var bytes: [UInt8] = []
            while sent[writer] - connections[index].count < inFlight {
                sent[writer] += 1
                bytes += LoadConnection.frame(message(writer, sent[writer]))
            }
            if !bytes.isEmpty { try connections[index].write(bytes) }
        }
    }

    /// 180 bytes or so.
    private func message(_ writer: Int, _ number: Int) -> String {
        """
        {"type":"PATCH","operation":"ADD","path":"tree/spaces/writer\(writer)/status\(number % 100)","value":\(number),\
        "meta":{"user":"john.doe"},"id":"writer-\(writer)-\(number)","note":"0123456789012345678"}
        """
    }
}
