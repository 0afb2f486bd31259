import TreenityProtocol

/// One process as it is shown, from one look to the next.
struct ProcessGauge {
    private var status: ProcessStatus
    private var face: Face
    private var cpu = Gauge(.percent)
    private var memory = Gauge(.memory)

    /// The process's node. Its command line stays out of it: people put passwords there.
    private(set) var content: Subtree

    /// What is shown, compared so that nothing is made anew for the many processes that rest.
    fileprivate struct Face: Hashable {
        var name: String
        var state: ProcessStatus.State
        var user: String
        var percent: Int64
        var bytes: Int64
    }

    /// A process that has not been seen before.
    init(_ status: ProcessStatus, user: String) {
        self.status = status
        let bytes = memory.show(ProcessGauge.residentBytes(status))
        face = Face(name: status.lastingName, state: status.state, user: user, percent: 0, bytes: bytes)
        content = face.content
    }

    /// Whether a later status is of this process, and not of another that got its number.
    func isFor(_ other: ProcessStatus) -> Bool { status.start == other.start }

    /// Takes the status as it is `elapsed` seconds after the last look; per cent are of one processor.
    mutating func advance(to now: ProcessStatus, user: String, elapsed: Double) {
        let ticks = max(0, now.ticks &- status.ticks)
        if elapsed > 0 { _ = cpu.show(Double(ticks) / Host.ticksPerSecond / elapsed * 100) }
        // Many wake for a moment only: running is who has used time.
        let state = now.state == .running && ticks == 0 ? face.state : now.state
        let bytes = memory.show(ProcessGauge.residentBytes(now))
        let face = Face(name: now.lastingName, state: state, user: user, percent: cpu.shown, bytes: bytes)
        status = now
        guard face != self.face else { return }
        self.face = face
        content = face.content
    }

    private static func residentBytes(_ status: ProcessStatus) -> Double {
        Double(status.residentPages) * Double(Host.pageSize)
    }
}

extension ProcessGauge.Face {
    fileprivate var content: Subtree {
        let amounts = [percent > 0 || bytes == 0 ? "\(percent) %" : nil, bytes > 0 ? Human.bytes(bytes) : nil]
        return [
            "name": .text(name), "state": .text(state.rawValue),
            "value": .text(amounts.compactMap(\.self).joined(separator: ", ")),
            "user": .text(user), "cpu": .number(percent), "rss": .number(bytes),
        ]
    }
}
