import ArgumentParser
import TreenityProtocol
import TreenityServer
import TreenityYAML

/// `treenity token check`
struct TokenCheck: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "check",
        abstract: "Read a file of tokens as a server does, and list who may do what.",
        discussion: "What is wrong with the file is said with its line, and the exit status is then 1.")

    @Option(
        help: ArgumentHelp("The file of tokens; “-” reads standard input.", valueName: "file"), completion: .file())
    var tokens: String

    func run() throws {
        let (name, bytes) = try InputFile.read(tokens)
        let file: TokenFile
        do {
            file = try TokenFile(parsing: String(decoding: bytes, as: UTF8.self))
        } catch {
            throw Failure("\(name), \(error.description)")
        }
        let lines = file.entries.map { TokenCheck.line($0, now: WallClock.now) + "\n" }
        try StandardOutput.write(lines.joined())
    }

    private static func line(_ entry: TokenEntry, now: Timestamp) -> String {
        let grants = entry.grants.map(\.description).joined(separator: " ")
        let expiry = entry.expiry.map { $0.moment <= now ? ", expired \($0)" : ", expires \($0)" } ?? ""
        return "\(entry.label): \(grants)\(expiry)"
    }
}
