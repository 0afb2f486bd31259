import Testing

@testable import TreenityLife

@Suite("Reading /proc")
struct ReadingsTests {
    @Test("a process name may hold parentheses, blanks and line breaks")
    func oddNames() {
        let rest = " S 1 2 3 0 -1 4194560 1 2 3 4 150 50 0 0 20 0 1 0 777 1000 2500 18446744073709551615"
        for name in ["bash", "(sd-pam)", "a) R (b", "two words", "new\nline", ""] {
            #expect(
                Readings.process("42 (\(name))" + rest)
                    == Readings.Process(name: name, state: "S", parent: 1, ticks: 200, started: 777, pages: 2_500))
        }
    }

    @Test("a line that is cut off is no process", arguments: ["", "42", "42 (x", "42 (x)", "42 (x) S 1 2", ")("])
    func truncated(stat: String) {
        #expect(Readings.process(stat) == nil)
    }

    @Test("ticks of processors are split into busy and idle, waiting for disks being idle")
    func processors() {
        let stat = "cpu  10 0 10 80 0 0 0 0 0 0\ncpu0 5 1 4 80 10 0 0 0 3 0\ncpu511 1 1 1 1\nintr 5\n"
        let processors = Readings.processors(stat)
        #expect(processors.map(\.name) == ["cpu0", "cpu511"])
        #expect(processors[0].ticks == Readings.Ticks(busy: 10, total: 100))
    }

    @Test("an interface name may hold a colon, and may touch its numbers")
    func interfaces() {
        let dev = """
            Inter-|   Receive                                                |  Transmit
             face |bytes    packets errs drop fifo frame compressed multicast|bytes    packets
                lo:100 1 0 0 0 0 0 0 200 1 0 0 0 0 0 0
              eth0:1: 300 1 0 0 0 0 0 0 400 1 0 0 0 0 0 0
            """
        let interfaces = Readings.interfaces(dev)
        #expect(interfaces.map(\.name) == ["lo", "eth0:1"])
        #expect(interfaces.map(\.octets.sent) == [200, 400])
    }

    @Test("mounts name each device once, and blanks in folders are resolved")
    func mounts() {
        let mounts =
            "/dev/vda / ext4 rw 0 0\nproc /proc proc rw 0 0\n/dev/vda /bind ext4 rw 0 0\n/dev/sdb /a\\040b ext4 rw 0 0\n"
        let found = Readings.mounts(mounts)
        #expect(found.map(\.device) == ["vda", "sdb"])
        #expect(found.map(\.folder) == ["/", "/a b"])
    }

    @Test(
        "amounts are in the unit that a person would take",
        arguments: [
            (0, "0 B"), (999, "999 B"), (1_000, "1.0 KiB"), (1_536, "1.5 KiB"), (150 << 20, "150 MiB"),
            (3 << 40, "3.0 TiB"),
        ] as [(Int64, String)])
    func amounts(bytes: Int64, text: String) {
        #expect(Amount.bytes(bytes) == text)
    }

    @Test("users are found by their number, the first of a number wins")
    func users() {
        let users = Readings.users(
            "root:x:0:0::/root:/bin/sh\ntoor:x:0:0::/:/bin/sh\n# comment\nann:x:1000:1000:,:/:\n")
        #expect(users == [0: "root", 1_000: "ann"])
    }
}
