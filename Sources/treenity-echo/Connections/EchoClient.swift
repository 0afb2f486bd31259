import TreenityWebSocket

/// Goes through the cases of a testing server.
struct EchoClient: Sendable {
    let connector: Connector
    let agent: String

    /// - Returns: how many cases there were.
    func run() async throws(Failure) -> Int {
        let count = try await caseCount()
        guard count > 0 else { return 0 }
        for number in 1...count {
            guard !Task.isCancelled else { throw Failure("stopped before case \(number) of \(count)") }
            _ = try await connector.connect("/runCase?case=\(number)&agent=\(agent)").echo()
        }
        // Nothing comes: the server closes when its report is written.
        _ = try await connector.connect("/updateReports?agent=\(agent)").echo()
        return count
    }

    /// The server tells it in one message.
    private func caseCount() async throws(Failure) -> Int {
        let connection = try await connector.connect("/getCaseCount")
        let answer = Answer()
        let end = await connection.run { inbound, _ in
            for await event in inbound {
                guard case .messages(let messages) = event else { continue }
                return await answer.set(messages.first?.bytes)
            }
        }
        guard let bytes = await answer.bytes else { throw Failure("\(connector.url) tells no number of cases: \(end)") }
        let text = String(decoding: bytes, as: UTF8.self)
        guard let count = Int(text), count >= 0 else {
            throw Failure("\(connector.url) tells “\(text.prefix(40))” instead of the number of cases")
        }
        return count
    }
}

/// What came first.
private actor Answer {
    private(set) var bytes: [UInt8]?

    func set(_ bytes: [UInt8]?) {
        self.bytes = bytes
    }
}
