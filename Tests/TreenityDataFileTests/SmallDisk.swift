import Foundation

/// A small file system in memory, unmounted when the test is over.
final class SmallDisk: Sendable {
    let path: String

    /// Whether this process may mount.
    static let isPermitted = (try? SmallDisk(megabytes: 1)) != nil

    struct NotPermitted: Error {}

    init(megabytes: Int) throws {
        path = NSTemporaryDirectory() + "treenity-disk-\(UInt64.random(in: .min ... .max))"
        try FileManager.default.createDirectory(atPath: path, withIntermediateDirectories: true)
        guard SmallDisk.run("mount", "-t", "tmpfs", "-o", "size=\(megabytes)m", "tmpfs", path) else {
            try? FileManager.default.removeItem(atPath: path)
            throw NotPermitted()
        }
    }

    deinit {
        _ = SmallDisk.run("umount", "-l", path)
        try? FileManager.default.removeItem(atPath: path)
    }

    func resize(megabytes: Int) throws {
        guard SmallDisk.run("mount", "-o", "remount,size=\(megabytes)m", path) else { throw NotPermitted() }
    }

    func makeReadOnly() throws {
        guard SmallDisk.run("mount", "-o", "remount,ro", path) else { throw NotPermitted() }
    }

    private static func run(_ arguments: String...) -> Bool {
        let process = Process()
        process.executableURL = URL(fileURLWithPath: "/usr/bin/env")
        process.arguments = arguments
        process.standardError = FileHandle.nullDevice
        guard (try? process.run()) != nil else { return false }
        process.waitUntilExit()
        return process.terminationStatus == 0
    }
}
