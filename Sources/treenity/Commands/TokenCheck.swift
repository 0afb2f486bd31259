import ArgumentParser
import Foundation
import TreenityProtocol
import TreenityServer

/// `treenity token check`
struct TokenCheck: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "check",
        abstract: "Read a file of tokens as a server does, and list who may do what.",
        discussion: "What is wrong with the file is said with its line, and the exit status is then 1.")

    @Option(help: ArgumentHelp("The file of tokens.", valueName: "file"))
    var tokens: String

    func run() throws {
        let file: TokenFile
        do {
            file = try TokenFile(parsing: try String(contentsOfFile: tokens, encoding: .utf8))
        } catch let error as TokenFileError {
            throw Failure("\(tokens), \(error.description)")
        } catch {
            throw Failure("cannot read \(tokens): \(error.localizedDescription)")
        }
        let lines = file.entries.map { TokenCheck.line($0, now: WallClock.now) + "\n" }
        FileHandle.standardOutput.write(Data(lines.joined().utf8))
    }

    private static func line(_ entry: TokenEntry, now: Timestamp) -> String {
        let grants = entry.grants.map(\.description).joined(separator: " ")
        let expiry = entry.expiry.map { $0.moment <= now ? ", expired \($0)" : ", expires \($0)" } ?? ""
        return "\(entry.label): \(grants)\(expiry)"
    }
}
