import TreenityProtocol

/// How full the mounted file systems are.
struct FileSystemSensor {
    private var gauges: [String: StorageGauge] = [:]

    /// The node `filesystems`, one below it for each source; `nil` where none is mounted.
    mutating func content(of host: Host) -> Subtree? {
        let mounts = MountedFileSystem.parse(host.contents(of: "/proc/self/mountinfo") ?? [])
        var now: [String: StorageGauge] = [:]
        let nodes = mounts.compactMap { mount -> (name: Name, node: Subtree)? in
            guard let (used, available) = host.space(at: mount.mountPoint) else { return nil }
            // What is kept for the superuser counts as neither, as df has it.
            let size = used + available
            var gauge = gauges[mount.source]?.resized(to: size) ?? StorageGauge(size: size)
            let space = gauge.content(used: used)
            now[mount.source] = gauge
            let mountPoint: Subtree = ["name": .text(mount.mountPoint[...].text), "type": .text(mount.type)]
            return (FileSystemSensor.name(of: mount.source), Subtree(mountPoint.entries + space))
        }
        gauges = now
        return nodes.isEmpty ? nil : Subtree(nodes: nodes)
    }

    /// `/dev/mapper/root` is called `mapper-root`: slashes would have to be escaped in each path.
    private static func name(of source: String) -> Name {
        let name = source.hasPrefix("/dev/") ? source.dropFirst(5) : source[...]
        return Name(cleaning: String(name.map { $0 == "/" ? "-" : $0 }))
    }
}
