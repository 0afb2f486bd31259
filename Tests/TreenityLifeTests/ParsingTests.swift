import Testing

@testable import TreenityLife

private func bytes(_ text: String) -> ByteText { Array(text.utf8)[...] }

@Suite("The parsers of the kernel's files")
struct ParsingTests {
    @Test("Integers are read to the last of 64 bits, and nothing else is")
    func integers() {
        #expect(bytes("9223372036854775807").integer == .max)
        #expect(bytes("-12").integer == -12)
        for text in ["", "-", "9223372036854775808", "1x", " 1", "+1"] { #expect(bytes(text).integer == nil) }
    }

    @Test("The load has three numbers")
    func load() throws {
        let load = try #require(LoadAverage(bytes("0.44 0.60 12.03 1/90 19011\n")))
        #expect((load.one, load.five, load.fifteen) == (0.44, 0.6, 12.03))
        for text in ["", "0.44 0.60", "a b c", "nan inf 1", "-1 0 0"] { #expect(LoadAverage(bytes(text)) == nil) }
    }

    @Test("Memory is read in bytes, with what is available guessed for old kernels")
    func memory() throws {
        let new = "MemTotal:  1000 kB\nMemFree: 1 kB\nMemAvailable: 600 kB\nSwapTotal: 50 kB\nSwapFree: 20 kB\n"
        let memory = try #require(MemoryInfo(bytes(new)))
        #expect((memory.total, memory.available) == (1_024_000, 614_400))
        #expect((memory.swapTotal, memory.swapFree) == (51_200, 20_480))
        let old = try #require(MemoryInfo(bytes("MemTotal: 1000 kB\nMemFree: 100 kB\nBuffers: 20 kB\nCached: 30 kB\n")))
        #expect(old.available == 150 * 1_024)
    }

    @Test("Memory that cannot be is refused or cut, and overflows nothing")
    func oddMemory() throws {
        for text in ["", "MemTotal:", "MemTotal: x kB", "MemTotal: 0 kB", "MemTotal: 9223372036854775807 kB"] {
            #expect(MemoryInfo(bytes(text)) == nil)
        }
        let odd = try #require(MemoryInfo(bytes("MemTotal: 10 kB\nMemAvailable: 20 kB\nSwapFree: 5 kB")))
        #expect((odd.available, odd.swapTotal, odd.swapFree) == (10_240, 0, 0))
    }

    @Test("Processors are read up to the first other line, however many there are", arguments: [1, 2, 512])
    func processors(count: Int) throws {
        let lines = (0..<count).map { "cpu\($0) \($0) 0 10 80 10 0 0 0 0 0\n" }.joined()
        let text = "cpu  10 0 10 80 0 0 0 0 5 0\n" + lines + "intr 1 2 3\ncpu9999 1 1 1 1\n"
        let processors = ProcessorTimes.parse(bytes(text))
        #expect(processors.count == count + 1)
        #expect(processors.last?.name == "cpu\(count - 1)")
        #expect(processors.last?.times.busy == Int64(count - 1 + 10))
        #expect(processors.last?.times.idle == 90)
    }

    @Test("Usage is busy time in all time, and unknown where none has passed or clocks ran backwards")
    func usage() throws {
        func times(_ user: Int, _ idle: Int) throws -> ProcessorTimes {
            try #require(ProcessorTimes.parse(bytes("cpu \(user) 0 0 \(idle)")).first?.times)
        }
        #expect(try times(125, 175).usage(since: times(100, 100)) == 25)
        #expect(try times(100, 100).usage(since: times(100, 100)) == nil)
        #expect(try times(90, 90).usage(since: times(100, 100)) == nil)
        #expect(try times(110, 99).usage(since: times(100, 100)) == 100)
    }

    @Test("Of the mounts the local and real ones stay, each source once at its shortest place")
    func mounts() {
        let text = """
            22 27 0:21 / /proc rw,relatime - proc proc rw
            27 1 254:0 / / rw shared:1 master:2 - ext4 /dev/vda1 rw
            28 27 254:0 /x /var/lib/x rw - ext4 /dev/vda1 rw
            29 27 8:1 / /media/my\\040disk\\134x rw - vfat /dev/mapper/a-b rw
            30 27 0:99 / /mnt/far rw - nfs4 server:/dev/x rw
            31 27 7:1 / /snap/core rw - squashfs /dev/loop1 ro
            32 27 0:30 / /pool rw - zfs tank/home rw
            33 27 0:31 / /dev/shm rw - tmpfs tmpfs rw
            34 27 8:2 / /broken rw -
            35
            """
        let mounts = MountedFileSystem.parse(bytes(text))
        #expect(mounts.map(\.source) == ["/dev/vda1", "/dev/mapper/a-b", "tank/home"])
        #expect(mounts.map { $0.mountPoint[...].text } == ["/", "/media/my disk\\x", "/pool"])
        #expect(mounts.map(\.type) == ["ext4", "vfat", "zfs"])
    }

    @Test("The root of a container counts, whatever it lies on")
    func container() {
        let mounts = MountedFileSystem.parse(bytes("1 0 0:5 / / rw - overlay overlay rw,lowerdir=/a"))
        #expect(mounts.map(\.source) == ["overlay"])
    }

    @Test("Disks count sectors of 512 bytes")
    func disks() {
        let text =
            " 254 0 vda 10 3 100 9 4 5 7 1 0 3 1 0 0\n 8 0 short 1 2\n 8 1 huge 1 1 9223372036854775807 1 1 1 1 1 1\n"
        let disks = TransferCounters.parse(diskstats: bytes(text))
        #expect(disks.map(\.name) == ["vda"])
        #expect(disks.first?.counters == TransferCounters(inward: 51_200, outward: 3_584))
    }

    @Test("Interfaces may have colons in their names and none behind")
    func interfaces() {
        let text = """
            Inter-|   Receive                |  Transmit
             face |bytes    packets errs drop|bytes
                lo:    3193      29    0    0    0     0          0         0     3194      29
            eth0:1:5 0 0 0 0 0 0 0 6 0
              bad: 1 2 3
            """
        let interfaces = TransferCounters.parse(interfaces: bytes(text))
        #expect(interfaces.map(\.name) == ["lo", "eth0:1"])
        #expect(interfaces.map(\.counters.outward) == [3_194, 6])
    }

    @Test(
        "A process's name may hold anything",
        arguments: ["bash", "a b", "x) R 1 (", "((", "))", "line\nend", "", "kworker/0:1", "🦊", ") S 1"])
    func processNames(name: String) throws {
        let text = "17 (\(name)) R 1 1 1 0 -1 0 0 0 0 0 70 5 0 0 20 0 1 0 4242 4096 33 0"
        let status = try #require(ProcessStatus(bytes(text)))
        #expect(status.name == name)
        #expect((status.state, status.ticks, status.start, status.residentPages) == (.running, 75, 4_242, 33))
    }

    @Test("A process's name that is not UTF-8 is mended, and half a line refused")
    func brokenProcesses() throws {
        let rest = bytes(") S 1 1 1 0 -1 0 0 0 0 0 0 0 0 0 20 0 1 0 1 1 1 0")
        #expect(ProcessStatus([0x31, 0x20, 0x28, 0x61, 0xFF] + rest)?.name == "a\u{FFFD}")
        for text in ["", "17", "17 (x", "17 x) S", ")(", "17 (x) S 1 1"] { #expect(ProcessStatus(bytes(text)) == nil) }
    }

    @Test("A kernel worker is named without the work of the moment")
    func kernelWorkers() {
        func name(_ name: String) -> String? {
            ProcessStatus(bytes("1 (\(name)) I 1 1 1 0 -1 0 0 0 0 0 0 0 0 0 20 0 1 0 1 1 1 0"))?.lastingName
        }
        #expect(name("kworker/0:2-events_power") == "kworker/0:2")
        #expect(name("kworker/u8:0+flush") == "kworker/u8:0")
        #expect(name("kworker/R-rcu_gp") == "kworker/R-rcu_gp")
        #expect(name("my-program") == "my-program")
    }

    @Test("Accounts are found by number, the first name counts, broken lines do not")
    func accounts() {
        let accounts = Accounts(
            bytes("root:x:0:0::/:/bin/sh\ntoor:x:0:0\n:x:5:\nann:x:1000:\nx:y:z\n-:x:-1:\nbig:x:4294967296:\n\n"))
        #expect(accounts.name(of: 0) == "root")
        #expect(accounts.name(of: 1_000) == "ann")
        #expect(accounts.name(of: 5) == nil)
    }

    @Test("Amounts of bytes and spans of time read well")
    func human() {
        let amounts: [Int64] = [
            0, 999, 1_000, 4_096, 1_572_864, 120 << 20, 999 << 20, 1_023 << 20, 25_276_502_016, .max,
        ]
        #expect(
            amounts.map(Human.bytes) == [
                "0 B", "999 B", "1 KiB", "4 KiB", "1.5 MiB", "120 MiB", "999 MiB", "1 GiB", "23.5 GiB", "8 EiB",
            ])
        #expect(
            [0, 59, 64, 1_440, 4_445].map(Human.duration) == ["0 min", "59 min", "1 h 4 min", "1 d 0 h", "3 d 2 h"])
    }
}
