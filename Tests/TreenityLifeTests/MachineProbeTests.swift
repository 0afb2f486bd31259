import Glibc
import Testing
import TreenityProtocol

@testable import TreenityLife

/// A machine made of files, a probe that looks at it, and the tree that its patches make.
private final class Bench {
    let fixture = Fixture()
    var model = TreeModel()
    private(set) var refusals: [String] = []
    private lazy var probe = MachineProbe(root: fixture.root)
    private var instant = ContinuousClock.now
    private var timestamp = Timestamp(milliseconds: 1_000)

    func sample(after seconds: Double = 1) -> [Patch] {
        instant += .seconds(seconds)
        timestamp.milliseconds += 1_000
        let patches = probe.sample(at: instant, timestamp: timestamp)
        for patch in patches {
            if let refusal = model.apply(patch) { refusals.append("\(patch): \(refusal)") }
            if !patch.survivesTheWire { refusals.append("\(patch): not readable") }
        }
        return patches
    }

    func resume() { probe.resume(from: model.json(at: probe.path)) }

    subscript(path: String) -> JSONValue? {
        (try? TreePath(parsing: "tree/hosts/box/" + path)).flatMap { model.json(at: $0) }
    }
}

@Suite("The probe of a machine")
struct MachineProbeTests {
    private let bench = Bench()
    private var files: Fixture { bench.fixture }

    init() {
        files.write("/proc/sys/kernel/hostname", "box\n")
        files.write("/proc/loadavg", "0.10 0.20 0.30 1/90 19011\n")
        files.write("/proc/uptime", "3829.49 6634.63\n")
        files.write("/etc/os-release", "ID=x\nPRETTY_NAME=\"Box Linux 1\"\n")
        files.write("/etc/passwd", "root:x:0:0::/:/bin/sh\nme:x:\(geteuid() == 0 ? 1 : geteuid()):0::/:/bin/sh\n")
        files.write("/proc/meminfo", "MemTotal: 8388608 kB\nMemAvailable: 4194304 kB\n")
        files.write("/proc/stat", "cpu  100 0 0 100\ncpu0 100 0 0 100\nintr 1\n")
        files.process(7, "sh", pages: 256)
    }

    @Test("The first look is one ADD of all, made by the machine, without an id")
    func firstLook() throws {
        let patches = bench.sample()
        #expect(patches.count == 1)
        #expect(patches.first?.path == "tree/hosts/box")
        #expect(patches.first?.operation.name == "ADD")
        #expect(patches.first?.sender == "machine")
        #expect(patches.first?.id == nil)
        #expect(patches.first?.timestamp == Timestamp(milliseconds: 2_000))
        #expect(bench["title"] == "Box Linux 1")
        #expect(bench["state"] == "up 1 h 3 min")
        #expect(bench["uptime"] == 3_780)
        #expect(bench["load/value"] == "0.1 0.2 0.3")
        #expect(bench["memory/value"] == "4 GiB of 8 GiB (50 %)")
        #expect(bench["processes/7/name"] == "sh")
        #expect(bench["processes/7/user"] == (geteuid() == 0 ? "root" : "me"))
    }

    @Test("Where nothing changes no patch is made")
    func idle() {
        _ = bench.sample()
        #expect(bench.sample() == [])
        files.write("/proc/uptime", "3835.1 6634.63\n")
        files.write("/proc/meminfo", "MemTotal: 8388608 kB\nMemAvailable: 4194000 kB\n")
        #expect(bench.sample() == [])
    }

    @Test("A busy processor makes one EDIT for itself and one for the sum")
    func processors() {
        _ = bench.sample()
        files.write("/proc/stat", "cpu  125 0 0 175\ncpu0 125 0 0 175\n")
        let patches = bench.sample()
        #expect(patches.map(\.path) == ["tree/hosts/box/cpu", "tree/hosts/box/cpu/cpu0"])
        #expect(patches.last?.operation == .edit(["value": "25 %", "usage": 25]))
    }

    @Test("Processes come, work and go")
    func processes() {
        _ = bench.sample()
        files.process(7, "sh", state: "R", ticks: 50, pages: 256)
        files.process(12, "vi")
        #expect(bench.sample().map(\.operation.name) == ["EDIT", "ADD"])
        #expect(bench["processes/7/cpu"] == .integer(Int64(50 / Host.ticksPerSecond * 100)))
        #expect(bench["processes/7/state"] == "running")
        files.remove("/proc/7")
        let patches = bench.sample()
        #expect(patches.map(\.operation) == [.delete])
        #expect(patches.map(\.path) == ["tree/hosts/box/processes/7"])
    }

    @Test("A process that only wakes for a moment is not shown as running")
    func moments() {
        files.process(7, "sh", state: "S", ticks: 5)
        _ = bench.sample()
        files.process(7, "sh", state: "R", ticks: 5)
        #expect(bench.sample() == [])
    }

    @Test("Another process of the same number begins with no time of the earlier one")
    func sameNumber() {
        files.process(7, "sh", ticks: 100, start: 100)
        _ = bench.sample()
        files.process(7, "cc", ticks: 900, start: 200)
        _ = bench.sample()
        #expect(bench["processes/7/name"] == "cc")
        #expect(bench["processes/7/cpu"] == 0)
    }

    @Test("Odd process names, empty directories and files that are none do no harm")
    func oddProcesses() {
        files.process(8, "a) b\n(c")
        files.process(9, [0xFF, 0xFE])
        files.process(10, "$text")
        files.makeDirectory("/proc/11")
        files.makeDirectory("/proc/12/stat")
        files.write("/proc/13/stat", "")
        files.process(0, "no process")
        files.write("/proc/99999999999/stat", "1 (x) S")
        _ = bench.sample()
        #expect(bench["processes/8/name"] == "a) b\n(c")
        #expect(bench["processes/9/name"] == "\u{FFFD}\u{FFFD}")
        #expect(bench["processes"]?.members?.map(\.key).sorted() == ["10", "7", "8", "9"])
        #expect(bench.refusals == [])
    }

    @Test("Disks and interfaces are shown by their rates in bytes a second")
    func rates() {
        func write(sectors: Int, received: Int) {
            files.write(
                "/proc/diskstats", "8 0 sda 1 0 \(sectors) 0 1 0 8 0 0 0 0\n8 1 sda1 1 0 \(sectors) 0 1 0 8 0 0\n")
            files.write("/proc/net/dev", "h\nh\n eth0: \(received) 0 0 0 0 0 0 0 50 0\n")
        }
        files.makeDirectory("/sys/block/sda")
        files.write("/sys/class/net/eth0/operstate", "up\n")
        write(sectors: 0, received: 0)
        _ = bench.sample()
        #expect(bench["disks/sda/value"] == "idle")
        #expect(bench["disks/sda1"] == nil)
        write(sectors: 4_096, received: 65_536)
        #expect(bench.sample(after: 2).count == 2)
        #expect(bench["disks/sda/read"] == 1_048_576)
        #expect(bench["interfaces/eth0/received"] == 32_768)
        #expect(bench["interfaces/eth0/value"] == "↓ 32 KiB/s ↑ 0 B/s")
        #expect(bench["interfaces/eth0/state"] == "up")
        write(sectors: 0, received: 0)
        _ = bench.sample()
        #expect(bench["disks/sda/value"] == "idle")
        #expect(bench["interfaces/eth0/received"] == 0)
    }

    @Test("A file system is shown by its device, with where it is mounted")
    func fileSystems() throws {
        files.makeDirectory("/data")
        files.write(
            "/proc/self/mountinfo",
            "27 1 8:1 / /data rw - ext4 /dev/mapper/a rw\n28 1 8:2 / /gone rw - ext4 /dev/b rw\n")
        _ = bench.sample()
        #expect(bench["filesystems/mapper-a/name"] == "/data")
        #expect(try #require(bench["filesystems/mapper-a/size"]?.integer) > 0)
        #expect(bench["filesystems/b"] == nil)
    }

    @Test("A machine without any of the files is a node all the same")
    func emptyMachine() {
        for path in ["/proc/loadavg", "/proc/meminfo", "/proc/stat", "/proc/uptime", "/proc/7", "/etc"] {
            files.remove(path)
        }
        _ = bench.sample()
        #expect(bench.model.json(at: "tree/hosts/box") == [:])
        #expect(bench.sample() == [])
    }

    @Test("Files that come and go make their nodes come and go")
    func comingFiles() {
        _ = bench.sample()
        files.remove("/proc/loadavg")
        #expect(bench.sample().map(\.operation) == [.delete])
        files.write("/proc/loadavg", "1.00 0 0 1/1 1")
        #expect(bench.sample().map(\.operation.name) == ["ADD"])
        #expect(bench.refusals == [])
    }

    @Test("512 processors make 513 nodes")
    func manyProcessors() {
        files.write("/proc/stat", "cpu 1 1 1 1\n" + (0..<512).map { "cpu\($0) 1 1 1 1\n" }.joined())
        _ = bench.sample()
        #expect(bench["cpu"]?.members?.count == 514)
    }

    @Test("After a restart, or where someone meddled, the tree is set right by what differs")
    func resuming() {
        _ = bench.sample()
        let before = bench.model
        for operation: (Patch.Operation, TreePath) in [
            (.delete, "tree/hosts/box/processes/7"), (.edit(["title": "Mine", "note": "hello"]), "tree/hosts/box"),
            (.edit(["usage": 99]), "tree/hosts/box/cpu"),
        ] {
            #expect(bench.model.apply(Patch(operation.0, operation.1)) == nil)
        }
        bench.resume()
        #expect(Set(bench.sample().map(\.operation.name)) == ["ADD", "EDIT", "DELETE"])
        #expect(bench.model == before)
        #expect(bench.refusals == [])
    }

    @Test("What a machine calls itself becomes a name")
    func hostNames() {
        files.write("/proc/sys/kernel/hostname", "a/b\u{7}c\n")
        #expect(MachineProbe(root: files.root + "/").path.text == "tree/hosts/a~1b\u{FFFD}c")
        files.remove("/proc/sys/kernel/hostname")
        #expect(MachineProbe(root: files.root).path == "tree/hosts/localhost")
        files.write("/etc/hostname", "box2\n")
        #expect(MachineProbe(root: files.root).path == "tree/hosts/box2")
    }
}
