import Foundation
import Testing

/// A server among clients that are slow, wrong, or gone. `TREENITY_FUZZ` multiplies the rounds, `TREENITY_SEED` repeats them.
@Suite("A server", .serialized, .timeLimit(.minutes(10)))
struct HostilityTests {
    private let factor: Int
    private let seed: String

    init() {
        let environment = ProcessInfo.processInfo.environment
        factor = environment["TREENITY_FUZZ"].flatMap { Int($0) } ?? 1
        seed = environment["TREENITY_SEED"] ?? "\(Int.random(in: 0..<1_000_000))"
    }

    @Test("cuts off the one reader of fifty that has stopped, who resumes later, and the others do not notice")
    func stoppedReader() async throws {
        let output = try await Program.runPeer("stopped.py", [Program.path, "\(factor)"])
        #expect(output.hasPrefix("p99 times "))
    }

    @Test("answers everything that is wrong as what it is, and nobody else notices")
    func malformed() async throws {
        let output = try await Program.runPeer("hostile.py", [Program.path, "\(factor)", seed])
        #expect(output.hasPrefix("nothing broken, "))
    }

    @Test("keeps nothing of those who come and go, however they do that")
    func comingAndGoing() async throws {
        let folder = FileManager.default.temporaryDirectory.path + "/treenity-\(UUID().uuidString)"
        try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
        defer { try? FileManager.default.removeItem(atPath: folder) }
        try Certificates.localhost.write(toFile: folder + "/certificate.pem", atomically: true, encoding: .utf8)
        try Certificates.key.write(toFile: folder + "/key.pem", atomically: true, encoding: .utf8)
        let output = try await Program.runPeer("churn.py", [Program.path, folder, "\(20 * factor)"])
        #expect(output.contains(" connections left "))
    }

    @Test(
        "whose disk is full refuses writers and serves readers, and goes on by itself when there is room",
        .enabled(if: SmallDisk.isPermitted, "this process may not mount a small file system"))
    func fullDisk() async throws {
        let disk = try SmallDisk(megabytes: 24 * factor)
        let output = try await Program.runPeer("full.py", [Program.path, disk.path, "\(factor)", seed])
        #expect(output.hasPrefix("\(factor) times full, "))
    }
}
