public import TreenityProtocol

/// Watches a machine and says how `tree/hosts/<hostname>` changes.
///
/// | node | properties |
/// |---|---|
/// | the host | `title`, `state`, `kernel`, `uptime` (s, whole minutes) |
/// | `load` | `1min` `5min` `15min` |
/// | `cpu`, below it `cpu0` … | `usage` (%) |
/// | `memory`, `swap` | `used` `size` (bytes), `usage` (%) |
/// | `filesystems/<device>` | `name` (where it is mounted), `type`, and as memory |
/// | `disks/<device>` | `read` `written` (bytes/s) |
/// | `interfaces/<name>` | `state`, `received` `sent` (bytes/s) |
/// | `processes/<pid>` | `name`, `state`, `user`, `cpu` (% of one processor), `rss` (bytes) |
///
/// Numbers are in base units; beside them `value` says the same in a few words for a person. They are rounded and held
/// still against noise, so that an idle machine makes few patches. What a machine or container does not have is left out.
public struct MachineProbe: Sendable {
    /// Where the machine is in the tree.
    public let path: TreePath

    private let host: Host
    private var published: Subtree?
    private var lastSample: ContinuousClock.Instant?
    private var system = SystemSensor()
    private var memory = MemorySensor()
    private var processors = ProcessorSensor()
    private var fileSystems = FileSystemSensor()
    private var disks = DiskSensor()
    private var interfaces = InterfaceSensor()
    private var processes = ProcessSensor()

    private static let meta: JSONValue = ["user": "machine"]

    /// A probe of the machine whose files, `/proc`, `/sys` and `/etc`, lie below `root`.
    public init(root: String = "/") {
        host = Host(root: root)
        let name =
            host.contents(of: "/proc/sys/kernel/hostname")?.trimmed ?? host.contents(of: "/etc/hostname")?.trimmed
        path = TreePath.root.appending("hosts").appending(Name(cleaning: name ?? "localhost"))
    }

    /// Looks at the machine. The first look gives one `ADD` of all; later ones, what changed since.
    ///
    /// Rates are those since the look before. Takes some 30 µs a process, nearly all of it the kernel's.
    ///
    /// - Parameters:
    ///   - instant: when this is, for the rates.
    ///   - timestamp: what the patches are stamped with.
    public mutating func sample(at instant: ContinuousClock.Instant, timestamp: Timestamp) -> [Patch] {
        let elapsed = lastSample.map { $0.duration(to: instant) / .seconds(1) } ?? 0
        let content = content(elapsed: elapsed)
        let steps = published?.difference(to: content, at: path) ?? [Step(.add(content.json), path)]
        lastSample = instant
        published = content
        return steps.map { $0.patch(at: timestamp, meta: MachineProbe.meta) }
    }

    /// Sets right what the tree holds of the machine: someone may have changed it, or it is from an earlier run. The next
    /// look gives what differs from it.
    ///
    /// - Parameter content: what is at ``path``; `nil`: nothing.
    public mutating func resume(from content: JSONValue?) {
        published = Subtree(content)
    }

    private mutating func content(elapsed: Double) -> Subtree {
        var entries = system.entries(of: host)
        func add(_ name: Name, _ node: Subtree?) {
            if let node { entries.append(.init(name: name, item: .node(node))) }
        }
        add("load", host.contents(of: "/proc/loadavg").flatMap(LoadAverage.init)?.content)
        add("cpu", processors.content(of: host))
        entries += memory.entries(of: host)
        add("filesystems", fileSystems.content(of: host))
        add("disks", disks.content(of: host, elapsed: elapsed))
        add("interfaces", interfaces.content(of: host, elapsed: elapsed))
        add("processes", processes.content(of: host, elapsed: elapsed))
        return Subtree(entries)
    }
}
