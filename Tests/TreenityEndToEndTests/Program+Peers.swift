import Foundation
import Testing

extension Program {
    /// A peer that is no Swift program.
    static func peer(_ name: String) -> String {
        URL(fileURLWithPath: #filePath).deletingLastPathComponent().path + "/Peers/\(name)"
    }

    /// Runs such a peer, which finds out by itself whether all is well, and says so in its output, that is returned.
    ///
    /// It takes its time, which is waited for on a thread of its own: those of Swift's tasks are as few as there are
    /// processors, and other tests need them.
    static func runPeer(_ name: String, _ arguments: [String]) async throws -> String {
        let (status, output) = try await withCheckedThrowingContinuation { continuation in
            Thread.detachNewThread {
                continuation.resume(with: Result { try Program.run(Program.python, [peer(name)] + arguments) })
            }
        }
        #expect(status == 0, "\(name) \(arguments.joined(separator: " ")): \(output)")
        return output
    }
}
