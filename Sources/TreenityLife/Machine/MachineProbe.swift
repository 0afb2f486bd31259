public import TreenityProtocol

/// Watches this machine through `/proc` and tells what changed as patches of `tree/hosts/<hostname>`.
public struct MachineProbe: Sendable {
    private let files: ProcFiles
    private let ticksPerSecond: Int64
    private let pageSize: Int64
    private let users: [Int64: String]

    /// Where the machine's subtree is.
    public let path: TreePath

    private var known = JSONValue.emptyObject
    private var previous: Counters?
    private var userOfProcess: [String: (started: Int64, user: String)] = [:]

    /// What counts up, at one moment.
    struct Counters: Sendable {
        var milliseconds: Int64
        var processors: [String: Readings.Ticks] = [:]
        var interfaces: [String: Readings.Octets] = [:]
        var devices: [String: Readings.Transfers] = [:]
        var processes: [String: Readings.Process] = [:]
    }

    /// A probe of the machine whose files lie below `root`.
    ///
    /// - Parameters:
    ///   - ticksPerSecond: the unit of processor times in `/proc`, 100 on Linux as it is seen by programs.
    ///   - pageSize: bytes a page.
    public init(root: String = "", ticksPerSecond: Int64 = 100, pageSize: Int64 = 4_096) {
        files = ProcFiles(root: root)
        self.ticksPerSecond = ticksPerSecond
        self.pageSize = pageSize
        users = Readings.users(files.text("/etc/passwd") ?? "")
        let host = files.text("/proc/sys/kernel/hostname")?.split(separator: "\n").first.map(String.init) ?? ""
        let name = (try? Name(host)) ?? "localhost"
        path = TreePath.root.appending([Name("hosts"), name] as [Name])
    }

    /// Looks at the machine now.
    ///
    /// - Parameter milliseconds: a clock that only goes forward.
    /// - Returns: what changed since the last look; at first, one `ADD` of everything.
    public mutating func sample(milliseconds: Int64) -> [Patch] {
        let (state, counters) = look(milliseconds)
        defer {
            known = state
            previous = counters
        }
        if previous == nil { return [Patch(.add(state), path)] }
        return Difference.patches(from: known, to: state, at: path)
    }

    private mutating func look(_ milliseconds: Int64) -> (JSONValue, Counters) {
        var counters = Counters(milliseconds: milliseconds)
        var members: [JSONValue.Member] = []
        func add(_ key: String, _ value: JSONValue?) {
            if let value { members.append(JSONValue.Member(key: key, value: value)) }
        }
        add(
            "label",
            files.text("/proc/sys/kernel/osrelease")?.split(separator: "\n").first.map { .string("Linux \($0)") })
        add("uptime", uptime())
        add("load", load())
        add("memory", memory(files.text("/proc/meminfo")))
        add("cpus", processors(&counters))
        add("disks", disks(&counters))
        add("network", network(&counters))
        add("processes", processes(&counters))
        return (.object(members), counters)
    }

    private func elapsed(_ now: Counters) -> Int64? {
        previous.map { max(1, now.milliseconds - $0.milliseconds) }
    }

    // MARK: The machine as a whole

    private func uptime() -> JSONValue? {
        guard let seconds = files.text("/proc/uptime")?.split(separator: " ").first.flatMap({ Double($0) }) else {
            return nil
        }
        let minutes = Int64(seconds) / 60
        let (days, hours) = (minutes / 1_440, minutes / 60 % 24)
        return .string((days > 0 ? "\(days)d " : "") + (hours > 0 || days > 0 ? "\(hours)h " : "") + "\(minutes % 60)m")
    }

    private func load() -> JSONValue? {
        guard let load = files.text("/proc/loadavg").flatMap(Readings.load) else { return nil }
        return [
            "value": .string(load.map { "\($0)" }.joined(separator: "  ")), "one": Amount.json(load[0]),
            "five": Amount.json(load[1]), "fifteen": Amount.json(load[2]),
        ]
    }

    private func memory(_ meminfo: String?) -> JSONValue? {
        let values = Readings.memory(meminfo ?? "")
        guard let total = values["MemTotal"], let available = values["MemAvailable"] else { return nil }
        let used = total - available
        var members: [JSONValue.Member] = [
            .init(key: "value", value: .string("\(Amount.bytes(used * 1_024)) of \(Amount.bytes(total * 1_024))")),
            .init(key: "percent", value: Amount.json(Amount.percent(used, of: total))),
        ]
        if let swap = values["SwapTotal"], swap > 0, let free = values["SwapFree"] {
            let text = "\(Amount.bytes((swap - free) * 1_024)) of \(Amount.bytes(swap * 1_024))"
            members.append(.init(key: "swap", value: .string(text)))
        }
        return .object(members)
    }

    private func processors(_ counters: inout Counters) -> JSONValue? {
        let processors = Readings.processors(files.text("/proc/stat") ?? "")
        guard !processors.isEmpty else { return nil }
        counters.processors = Dictionary(processors.map { ($0.name, $0.ticks) }) { $1 }
        let members = processors.map { name, ticks in
            let before = previous?.processors[name]
            let percent = before.map { Amount.percent(ticks.busy - $0.busy, of: ticks.total - $0.total) } ?? 0
            return JSONValue.Member(
                key: name, value: ["value": .string("\(Int64(percent.rounded())) %"), "percent": Amount.json(percent)])
        }
        return .object(members)
    }

    // MARK: Disks and network

    private func disks(_ counters: inout Counters) -> JSONValue? {
        counters.devices = Readings.devices(files.text("/proc/diskstats") ?? "")
        let members = Readings.mounts(files.text("/proc/mounts") ?? "").compactMap {
            device, folder -> JSONValue.Member? in
            guard let (total, available) = files.space(folder), Name.isValid(folder) else { return nil }
            let used = total - available
            var disk: [JSONValue.Member] = [
                .init(key: "value", value: .string("\(Amount.bytes(used)) of \(Amount.bytes(total))")),
                .init(key: "percent", value: Amount.json(Amount.percent(used, of: total).rounded())),
                .init(key: "device", value: .string(device)),
            ]
            if let now = counters.devices[device], let elapsed = elapsed(counters),
                let before = previous?.devices[device]
            {
                disk.append(.init(key: "read", value: rate(now.read - before.read, elapsed)))
                disk.append(.init(key: "written", value: rate(now.written - before.written, elapsed)))
            }
            return JSONValue.Member(key: folder, value: .object(disk))
        }
        return members.isEmpty ? nil : .object(members)
    }

    private func network(_ counters: inout Counters) -> JSONValue? {
        let interfaces = Readings.interfaces(files.text("/proc/net/dev") ?? "")
        counters.interfaces = Dictionary(interfaces.map { ($0.name, $0.octets) }) { $1 }
        let members = interfaces.compactMap { name, octets -> JSONValue.Member? in
            guard Name.isValid(name) else { return nil }
            let state = files.text("/sys/class/net/\(name)/operstate")?.split(separator: "\n").first ?? "unknown"
            var interface: [JSONValue.Member] = [.init(key: "state", value: .string(String(state)))]
            if let elapsed = elapsed(counters), let before = previous?.interfaces[name] {
                interface.append(.init(key: "received", value: rate(octets.received - before.received, elapsed)))
                interface.append(.init(key: "sent", value: rate(octets.sent - before.sent, elapsed)))
            }
            return JSONValue.Member(key: name, value: .object(interface))
        }
        return members.isEmpty ? nil : .object(members)
    }

    private func rate(_ bytes: Int64, _ milliseconds: Int64) -> JSONValue {
        .string(Amount.bytes(max(0, bytes) * 1_000 / milliseconds) + "/s")
    }

    // MARK: Processes

    private mutating func processes(_ counters: inout Counters) -> JSONValue {
        var members: [JSONValue.Member] = []
        for number in files.names("/proc").filter({ $0.utf8.allSatisfy { 0x30...0x39 ~= $0 } }) {
            // Between the listing and here it may have ended.
            guard let process = files.text("/proc/\(number)/stat").flatMap(Readings.process),
                process.parent != Readings.kernel, number != String(Readings.kernel)
            else { continue }
            counters.processes[number] = process
            members.append(.init(key: number, value: describe(process, number, counters)))
        }
        userOfProcess = userOfProcess.filter { counters.processes[$0.key] != nil }
        return .object(members)
    }

    private mutating func describe(_ process: Readings.Process, _ number: String, _ counters: Counters) -> JSONValue {
        var percent = 0.0
        if let elapsed = elapsed(counters), let before = previous?.processes[number], before.started == process.started
        {
            percent = Amount.percent((process.ticks - before.ticks) * 1_000 / ticksPerSecond, of: elapsed)
        }
        let memory = process.pages * pageSize
        return [
            "name": .string(process.name), "state": .string(MachineProbe.state(process.state)),
            "value": .string("\(Int64(percent.rounded())) %  \(Amount.bytes(memory))"),
            "user": .string(user(of: number, process.started)),
            "cpu": Amount.json(percent), "rss": .string(Amount.bytes(memory)),
        ]
    }

    private mutating func user(of number: String, _ started: Int64) -> String {
        if let known = userOfProcess[number], known.started == started { return known.user }
        let id = files.text("/proc/\(number)/status").flatMap(Readings.user)
        let user = id.map { users[$0] ?? String($0) } ?? "?"
        userOfProcess[number] = (started, user)
        return user
    }

    private static func state(_ letter: Character) -> String {
        switch letter {
        case "R": "running"
        case "S", "I": "sleeping"
        case "D": "waiting"
        case "T", "t": "stopped"
        case "Z": "zombie"
        default: String(letter)
        }
    }
}
