import TreenityProtocol

/// What the processes do.
struct ProcessSensor {
    private var known: [Int32: ProcessGauge] = [:]
    private var accounts = Accounts()
    private var users: [UInt32: String] = [:]

    /// The node `processes`, one below it for each; `nil` where the kernel shows none.
    mutating func content(of host: Host, elapsed: Double) -> Subtree? {
        guard let names = host.names(in: "/proc") else { return nil }
        var now: [Int32: ProcessGauge] = [:]
        var nodes: [(name: Name, node: Subtree)] = []
        for number in names.compactMap({ Int32($0) }).sorted() where number > 0 {
            let directory = "/proc/\(number)"
            // What has ended since the directory was read is gone by now.
            guard let status = host.contents(of: directory + "/stat").flatMap(ProcessStatus.init),
                let owner = host.owner(of: directory)
            else { continue }
            let user = name(of: owner, host)
            var gauge = known[number].flatMap { $0.isFor(status) ? $0 : nil } ?? ProcessGauge(status, user: user)
            gauge.advance(to: status, user: user, elapsed: elapsed)
            now[number] = gauge
            nodes.append((Name(cleaning: "\(number)"), gauge.content))
        }
        known = now
        return nodes.isEmpty ? nil : Subtree(nodes: nodes)
    }

    private mutating func name(of user: UInt32, _ host: Host) -> String {
        if let name = users[user] { return name }
        // Each number that is not known yet may be of a new account.
        accounts = Accounts(host.contents(of: "/etc/passwd") ?? [])
        let name = accounts.name(of: user) ?? "\(user)"
        users[user] = name
        return name
    }
}
