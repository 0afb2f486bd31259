import ArgumentParser
import Foundation
import TreenityClient

/// `treenity connect URL`
struct Connect: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        abstract: "Connect to a server and show its tree.",
        discussion: """
            The address may be as short as a host's name. “http” and “https” stand for “ws” and “wss”; the default path \
            is /patches; a fragment opens a place in the tree: ws://localhost#tree/spaces

            Proxies are those of https_proxy (wss://), http_proxy (ws://) and all_proxy, without those that no_proxy \
            lists. A token is never part of the address or the command line.
            """)

    @Argument(help: "The server's address: [ws://|wss://]HOST[:PORT][/PATH][#TREE/PATH]")
    var address: String

    @Option(
        help: ArgumentHelp(
            "Load trees of more nodes than this in parts, as they are unfolded.", valueName: "nodes"))
    var lazyAbove = 200_000

    @OptionGroup var appearance: AppearanceOptions

    @OptionGroup var connection: DialingOptions

    func run() async throws {
        let address: ServerAddress
        do {
            address = try ServerAddress(parsing: self.address)
        } catch {
            throw ValidationError("\(error)")
        }
        var options = ConnectionOptions()
        try connection.apply(to: &options, of: address, ProcessInfo.processInfo.environment)
        let client = Client(address: address, appearance: appearance, options: options, mostNodes: lazyAbove)
        let code = try await client.run()
        if code != 0 { throw ExitCode(code) }
    }
}
