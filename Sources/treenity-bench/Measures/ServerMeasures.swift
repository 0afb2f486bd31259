/// What a server delivers, in another process; see ``FanOut``.
enum ServerMeasures {
    static let all =
        [(50, 1), (200, 1), (1_000, 1), (50, 8), (50, 50)].flatMap { subscribers, writers in
            [false, true].map { measure(subscribers, writers, isDurable: $0) }
        }

    private static func measure(_ subscribers: Int, _ writers: Int, isDurable: Bool) -> Measure {
        let name = "server.\(isDurable ? "durable" : "memory").\(subscribers).\(writers)"
        let what = "\(writers) writing and \(subscribers) reading, \(isDurable ? "in a file" : "in memory")"
        return Measure(
            Figure(
                "\(name).deliveries", "1/s", "deliveries of patches a second of the server's processor time, \(what)"),
            Figure("\(name).acknowledged", "1/s", "patches acknowledged a second of the clock, \(what)"),
            Figure("\(name).connection", "B", "memory of the server a connection, \(what)")
        ) {
            try FanOut(subscribers: subscribers, writers: writers, isDurable: isDurable).run()
        }
    }
}
