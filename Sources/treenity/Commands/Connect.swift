import ArgumentParser
import TreenityClient

/// `treenity connect URL`
struct Connect: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        abstract: "Connect to a server and show its tree.",
        discussion: """
            The address may be as short as a host's name. “http” and “https” stand for “ws” and “wss”; the default path \
            is /patches; a fragment opens a place in the tree: ws://localhost#tree/spaces
            """)

    @Argument(help: "The server's address: [ws://|wss://]HOST[:PORT][/PATH][#TREE/PATH]")
    var address: String

    @OptionGroup var appearance: AppearanceOptions

    @Option(name: .customLong("ca-file"), help: "Trust the authorities in this PEM file instead of the system's.")
    var authorities: String?

    func run() async throws {
        let address: ServerAddress
        do {
            address = try ServerAddress(parsing: self.address)
        } catch {
            throw ValidationError("\(error)")
        }
        var options = ConnectionOptions()
        options.authorities = authorities
        let code = try await Client(address: address, appearance: appearance, options: options).run()
        if code != 0 { throw ExitCode(code) }
    }
}
