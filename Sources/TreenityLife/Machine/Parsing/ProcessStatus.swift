/// One process as `/proc/<pid>/stat` has it.
struct ProcessStatus: Hashable, Sendable {
    /// The command's name: up to 15 bytes of anything.
    let name: String
    let state: State
    /// Processor time since its start, in ticks.
    let ticks: Int64
    /// When it began, in ticks since the machine's start: tells it from an earlier process of the same number.
    let start: Int64
    /// Memory in use, in pages.
    let residentPages: Int64

    /// What a process is doing, by the kernel's letters.
    enum State: String, Sendable {
        case running, sleeping, waiting, stopped, traced, zombie, dead, idle, unknown

        init(letter: UInt8?) {
            switch letter {
            case UInt8(ascii: "R"): self = .running
            case UInt8(ascii: "S"): self = .sleeping
            case UInt8(ascii: "D"): self = .waiting
            case UInt8(ascii: "T"): self = .stopped
            case UInt8(ascii: "t"): self = .traced
            case UInt8(ascii: "Z"): self = .zombie
            case UInt8(ascii: "X"), UInt8(ascii: "x"): self = .dead
            case UInt8(ascii: "I"): self = .idle
            default: self = .unknown
            }
        }
    }

    /// Reads `4711 (name) S 1 …`: the name ends with the last parenthesis, for it may hold others, and line ends.
    init?(_ text: ByteText) {
        guard let opening = text.firstIndex(of: UInt8(ascii: "(")), let closing = text.lastIndex(of: UInt8(ascii: ")")),
            opening < closing
        else { return nil }
        let fields = text[(closing + 1)...].fields(limit: 22)
        guard fields.count == 22, let user = fields[11].integer, let system = fields[12].integer,
            let start = fields[19].integer, let pages = fields[21].integer
        else { return nil }
        name = text[(opening + 1)..<closing].text
        state = State(letter: fields[0].first)
        ticks = user &+ system
        self.start = start
        residentPages = max(0, pages)
    }
}

extension ProcessStatus {
    /// The name without what changes all the time: a kernel worker's (`kworker/0:2-events`) ends with its present work.
    var lastingName: String {
        guard name.hasPrefix("kworker/"), name.contains(":") else { return name }
        return String(name.prefix { $0 != "-" && $0 != "+" })
    }
}
