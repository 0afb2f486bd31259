import ArgumentParser
import Foundation
import TreenityServer

/// `treenity token new`
struct TokenNew: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "new",
        abstract: "Make a token, and the lines for the file of tokens.",
        discussion: """
            Prints the token, which is kept nowhere, and then the lines, which hold its SHA-256 only. Append them to the \
            file that “treenity serve --tokens” reads, and send the server SIGHUP.

            The rights are r (see), w (add, edit, delete, move) and x (run actions), each for a path and all below it. None \
            implies another: with w alone one writes what one cannot see.
            """)

    @Option(help: ArgumentHelp("Who gets the token.", valueName: "name"))
    var user: String

    @Option(
        help: ArgumentHelp(
            "What may be done where, as tree/spaces:rw; may be given several times.", valueName: "path:rights"),
        transform: { try Grant(parsing: $0) })
    var grant: [Grant]

    @Option(
        help: ArgumentHelp(
            "The last day it is good for, as 2027-01-31, or the moment it ends, as 2027-01-31T18:00Z.",
            valueName: "date"),
        transform: TokenNew.expiry)
    var expires: Expiry?

    @Option(help: ArgumentHelp("A note in the file, such as the device it is for.", valueName: "text"))
    var comment: String?

    func validate() throws {
        if grant.isEmpty { throw ValidationError("grant something: --grant tree:r lets see everything") }
    }

    func run() throws {
        var randomness = SystemRandomNumberGenerator()
        let token = Token(using: &randomness)
        let entry: TokenEntry
        do {
            entry = try TokenEntry(hash: token.hash, user: user, grants: grant, expiry: expires, comment: comment)
        } catch {
            throw ValidationError(error.description)
        }
        StandardError.write("treenity: the token of \(entry.label), shown this once, and its lines for the file:")
        FileHandle.standardOutput.write(Data((token.text + "\n" + entry.yaml).utf8))
    }

    @Sendable private static func expiry(_ text: String) throws -> Expiry {
        guard let expiry = Expiry(text) else { throw ValidationError("write 2027-01-31 or 2027-01-31T18:00Z (UTC)") }
        return expiry
    }
}
