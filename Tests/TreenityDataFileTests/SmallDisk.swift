import Foundation
import Testing

/// A file system in memory of so many bytes, gone when the test is over.
final class SmallDisk: Sendable {
    let path: String

    /// `nil`: this user may not mount.
    init?(bytes: Int) throws {
        path = NSTemporaryDirectory() + "treenity-disk-\(UInt64.random(in: .min ... .max))"
        try FileManager.default.createDirectory(atPath: path, withIntermediateDirectories: true)
        guard SmallDisk.run("mount", "-t", "tmpfs", "-o", "size=\(bytes)", "tmpfs", path) else {
            try? FileManager.default.removeItem(atPath: path)
            return nil
        }
    }

    deinit {
        _ = SmallDisk.run("umount", "-l", path)
        try? FileManager.default.removeItem(atPath: path)
    }

    func makeReadOnly() throws {
        try #require(SmallDisk.run("mount", "-o", "remount,ro", path))
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
