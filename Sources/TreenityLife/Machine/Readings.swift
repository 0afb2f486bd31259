/// What the files of `/proc` say, one reader a file; see proc(5).
enum Readings {
    /// Busy and total ticks of a processor since the start.
    struct Ticks: Equatable {
        var busy: Int64
        var total: Int64
    }

    /// `/proc/stat`: the ticks of each processor, by its name.
    static func processors(_ stat: String) -> [(name: String, ticks: Ticks)] {
        stat.split(separator: "\n").compactMap { line in
            let words = line.split(separator: " ")
            guard let name = words.first, name.hasPrefix("cpu"), name.count > 3, words.count >= 5 else { return nil }
            // user nice system idle iowait irq softirq steal; guests are part of user.
            let ticks = words.dropFirst().prefix(8).compactMap { Int64($0) }
            guard ticks.count >= 4 else { return nil }
            let idle = ticks[3] + (ticks.count > 4 ? ticks[4] : 0)
            let total = ticks.reduce(0, +)
            return (String(name), Ticks(busy: total - idle, total: total))
        }
    }

    /// `/proc/meminfo`: kibibytes by name.
    static func memory(_ meminfo: String) -> [String: Int64] {
        var values: [String: Int64] = [:]
        for line in meminfo.split(separator: "\n") {
            let parts = line.split(separator: ":", maxSplits: 1)
            guard parts.count == 2, let number = parts[1].split(separator: " ").first.flatMap({ Int64($0) }) else {
                continue
            }
            values[String(parts[0])] = number
        }
        return values
    }

    /// `/proc/loadavg`: the load of one, five and fifteen minutes.
    static func load(_ loadavg: String) -> [Double]? {
        let numbers = loadavg.split(separator: " ").prefix(3).compactMap { Double($0) }
        return numbers.count == 3 ? numbers : nil
    }

    /// Bytes received and sent over an interface since the start.
    struct Octets: Equatable {
        var received: Int64
        var sent: Int64
    }

    /// `/proc/net/dev`: the bytes of each interface, by its name.
    static func interfaces(_ dev: String) -> [(name: String, octets: Octets)] {
        dev.split(separator: "\n").dropFirst(2).compactMap { line in
            guard let colon = line.lastIndex(of: ":") else { return nil }
            let name = line[..<colon].drop { $0 == " " }
            let numbers = line[line.index(after: colon)...].split(separator: " ").compactMap { Int64($0) }
            guard !name.isEmpty, numbers.count >= 9 else { return nil }
            return (String(name), Octets(received: numbers[0], sent: numbers[8]))
        }
    }

    /// Bytes read and written by a block device since the start.
    struct Transfers: Equatable {
        var read: Int64
        var written: Int64
    }

    /// `/proc/diskstats`: the transfers of each device, by its name. A sector has 512 bytes there.
    static func devices(_ diskstats: String) -> [String: Transfers] {
        var devices: [String: Transfers] = [:]
        for line in diskstats.split(separator: "\n") {
            let words = line.split(separator: " ")
            guard words.count >= 10, let read = Int64(words[5]), let written = Int64(words[9]) else { continue }
            devices[String(words[2])] = Transfers(read: read * 512, written: written * 512)
        }
        return devices
    }

    /// `/proc/mounts`: where the file systems of real devices are mounted, each device once.
    static func mounts(_ mounts: String) -> [(device: String, folder: String)] {
        var seen: Set<String> = []
        return mounts.split(separator: "\n").compactMap { line in
            let words = line.split(separator: " ")
            guard words.count >= 3, words[0].hasPrefix("/dev/"), seen.insert(String(words[0])).inserted else {
                return nil
            }
            return (String(words[0].dropFirst(5)), unescaped(words[1]))
        }
    }

    /// Blanks and the like are written as three octal digits in `/proc/mounts`.
    private static func unescaped(_ text: Substring) -> String {
        var bytes: [UInt8] = []
        var rest = text.utf8
        while let byte = rest.first {
            let digits = rest.dropFirst().prefix(3)
            if byte == UInt8(ascii: "\\"), digits.count == 3, let code = UInt8(String(Substring(digits)), radix: 8) {
                bytes.append(code)
                rest = rest.dropFirst(4)
            } else {
                bytes.append(byte)
                rest = rest.dropFirst()
            }
        }
        return String(decoding: bytes, as: UTF8.self)
    }

    /// One process.
    struct Process: Equatable {
        var name: String
        var state: Character
        var parent: Int64
        /// Ticks of processor time since its start.
        var ticks: Int64
        /// Ticks after the machine's start at which it began: tells it from an earlier one of the same number.
        var started: Int64
        /// Pages in memory.
        var pages: Int64
    }

    /// `/proc/PID/stat`. The name stands in parentheses and may hold anything, parentheses too.
    static func process(_ stat: String) -> Process? {
        guard let opening = stat.firstIndex(of: "("), let closing = stat.lastIndex(of: ")"), opening < closing else {
            return nil
        }
        let words = stat[stat.index(after: closing)...].split(separator: " ")
        guard words.count >= 22, let state = words[0].first, let parent = Int64(words[1]), let user = Int64(words[11]),
            let system = Int64(words[12]),
            let started = Int64(words[19]), let pages = Int64(words[21])
        else { return nil }
        return Process(
            name: String(stat[stat.index(after: opening)..<closing]), state: state, parent: parent,
            ticks: user + system,
            started: started, pages: pages)
    }

    /// The kernel's own process, the parent of all its threads.
    static let kernel: Int64 = 2

    /// `/etc/passwd`: names by user number.
    static func users(_ passwd: String) -> [Int64: String] {
        var users: [Int64: String] = [:]
        for line in passwd.split(separator: "\n") {
            let fields = line.split(separator: ":", omittingEmptySubsequences: false)
            guard fields.count >= 3, let number = Int64(fields[2]), users[number] == nil else { continue }
            users[number] = String(fields[0])
        }
        return users
    }

    /// `/proc/PID/status`: the number of the user that it runs as.
    static func user(_ status: String) -> Int64? {
        let line = status.split(separator: "\n").first { $0.hasPrefix("Uid:") }
        return line?.split(whereSeparator: \.isWhitespace).dropFirst().first.flatMap { Int64($0) }
    }
}
