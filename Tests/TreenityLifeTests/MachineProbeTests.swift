import Foundation
import Testing
import TreenityProtocol
import TreenityStore

@testable import TreenityLife

@Suite("The machine as a tree")
final class MachineProbeTests {
    let root = FileManager.default.temporaryDirectory.appendingPathComponent("treenity-\(UUID().uuidString)")

    init() throws {
        try write("/proc/sys/kernel/hostname", "web1\n")
        try write("/proc/loadavg", "0.50 0.25 0.10 1/100 42\n")
        try write("/proc/meminfo", "MemTotal: 2097152 kB\nMemAvailable: 1048576 kB\nSwapTotal: 0 kB\n")
        try write("/etc/passwd", "root:x:0:0::/root:/bin/sh\n")
        try writeTicks(busy: 0, total: 0)
        try writeProcess("1", name: "init", ticks: 0)
    }

    deinit {
        try? FileManager.default.removeItem(at: root)
    }

    private func write(_ path: String, _ text: String) throws {
        let file = root.appendingPathComponent(path)
        try FileManager.default.createDirectory(
            at: file.deletingLastPathComponent(), withIntermediateDirectories: true)
        try text.write(to: file, atomically: true, encoding: .utf8)
    }

    private func writeTicks(busy: Int, total: Int) throws {
        try write("/proc/stat", "cpu0 \(busy) 0 0 \(total - busy) 0 0 0 0\n")
    }

    private func writeProcess(_ number: String, name: String, ticks: Int, started: Int = 7) throws {
        try write(
            "/proc/\(number)/stat",
            "\(number) (\(name)) S 1 2 3 0 -1 4194560 1 2 3 4 \(ticks) 0 0 0 20 0 1 0 \(started) 1000 256 0")
        try write("/proc/\(number)/status", "Name:\t\(name)\nUid:\t0\t0\t0\t0\n")
    }

    @Test("the first look adds everything, a second one without changes nothing")
    func firstLook() throws {
        var probe = MachineProbe(root: root.path)
        let first = probe.sample(milliseconds: 0)
        #expect(first.map(\.path) == ["tree/hosts/web1"])
        guard case .add(let value) = first[0].operation else {
            Issue.record("no ADD")
            return
        }
        #expect(value["processes"]?["1"]?["name"] == "init")
        #expect(value["processes"]?["1"]?["user"] == "root")
        #expect(value["memory"]?["value"] == "1.0 GiB of 2.0 GiB")
        #expect(probe.sample(milliseconds: 1_000).isEmpty)
    }

    @Test("use of processors and processes is the difference of two looks")
    func rates() throws {
        var probe = MachineProbe(root: root.path)
        _ = probe.sample(milliseconds: 0)
        try writeTicks(busy: 25, total: 100)
        try writeProcess("1", name: "init", ticks: 50)
        let patches = probe.sample(milliseconds: 1_000)
        let edits = patches.reduce(into: [:]) { $0[$1.path.text] = $1.operation }
        #expect(edits["tree/hosts/web1/cpus/cpu0"] == .edit(["value": "25 %", "percent": .number(25) ?? .null]))
        #expect(
            edits["tree/hosts/web1/processes/1"]
                == .edit(["value": "50 %  1.0 MiB", "cpu": .number(50) ?? .null]))
        #expect(patches.count == 2)
    }

    @Test("processes appear and vanish as nodes; a number that is used again is measured anew")
    func comingAndGoing() throws {
        var probe = MachineProbe(root: root.path)
        _ = probe.sample(milliseconds: 0)
        try writeProcess("77", name: "cron job", ticks: 5)
        #expect(probe.sample(milliseconds: 1_000).map(\.path) == ["tree/hosts/web1/processes/77"])
        try writeProcess("77", name: "other", ticks: 90, started: 99)
        let again = probe.sample(milliseconds: 2_000)
        #expect(again.map(\.operation) == [.edit(["name": "other"])])
        try FileManager.default.removeItem(at: root.appendingPathComponent("/proc/77"))
        #expect(probe.sample(milliseconds: 3_000) == [Patch(.delete, "tree/hosts/web1/processes/77")])
    }

    @Test("a machine without any of the files is still a node")
    func nothingThere() {
        var probe = MachineProbe(root: root.appendingPathComponent("nowhere").path)
        let patches = probe.sample(milliseconds: 0)
        #expect(patches.map(\.path) == ["tree/hosts/localhost"])
    }

    @Test("this machine itself can be read, and its patches apply")
    func real() throws {
        var probe = MachineProbe()
        var tree = Replica()
        for milliseconds in [0, 500] as [Int64] {
            for patch in probe.sample(milliseconds: milliseconds) {
                _ = try tree.apply(patch, rule: .admission, now: Timestamp(milliseconds: milliseconds))
            }
        }
        #expect(tree.json(at: probe.path)?["processes"]?[String(ProcessInfo.processInfo.processIdentifier)] != nil)
    }
}
