import ArgumentParser

/// `treenity token`
struct TokenCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "token",
        abstract: "Make tokens for a server's users, and look at the file of them.",
        subcommands: [TokenNew.self, TokenCheck.self])
}
