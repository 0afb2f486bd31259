import ArgumentParser
import Foundation
import TreenityClient
import TreenityConfiguration

/// `treenity connect URL`
struct Connect: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "connect",
        abstract: "Connect to a server and show its tree.",
        discussion: """
            The address may be as short as a host's name. “http” and “https” stand for “ws” and “wss”; the default path \
            is /patches; a fragment opens a place in the tree: ws://localhost#tree/spaces

            Proxies are those of https_proxy (wss://), http_proxy (ws://) and all_proxy, without those that no_proxy \
            lists. A token is never part of the address or the command line.
            """)

    @Argument(
        help: "The server's address: [ws://|wss://]HOST[:PORT][/PATH][#TREE/PATH]; or the name of a profile.",
        completion: .custom { _, _, _ in
            ConfigurationFile(environment: ProcessInfo.processInfo.environment).configuration.profiles.map(\.name)
        })
    var address: String?

    @Option(
        help: ArgumentHelp(
            "Use what the configuration says of this server. (default: the one that it names)", valueName: "name"))
    var profile: String?

    @Option(
        help: ArgumentHelp(
            "Load trees of more nodes than this in parts, as they are unfolded. (default: 200000)", valueName: "nodes"))
    var lazyAbove: Int?

    @OptionGroup var appearance: AppearanceOptions

    @OptionGroup var connection: DialingOptions

    func run() async throws {
        let environment = ProcessInfo.processInfo.environment
        let file = ConfigurationFile(environment: environment)
        let profile = try chosenProfile(file)
        let address: ServerAddress
        do {
            let isName = self.address == nil || self.address == profile?.name
            address = try ServerAddress(parsing: isName ? profile?.url ?? "" : self.address ?? "")
        } catch {
            throw ValidationError("\(error)")
        }
        var options = ConnectionOptions()
        try connection.over(profile).apply(to: &options, of: address, environment)
        let client = Client(
            address: address, appearance: appearance, options: options, file: file, profile: profile,
            mostNodes: lazyAbove)
        let code = try await client.run()
        if code != 0 { throw ExitCode(code) }
    }

    /// The profile that is named, as an option or in the place of the address, or meant by naming nothing.
    private func chosenProfile(_ file: ConfigurationFile) throws -> Profile? {
        let configuration = file.configuration
        if let name = profile ?? (address == nil ? configuration.defaultProfile : nil) {
            if let profile = configuration.profile(name) { return profile }
            let known = configuration.profiles.map(\.name).joined(separator: ", ")
            throw ValidationError(
                "there is no profile “\(name)” in \(file.path)" + (known.isEmpty ? "" : "; there are \(known)"))
        }
        guard let address else {
            throw ValidationError("say where to connect to: an address, or the name of a profile")
        }
        return configuration.profile(address)
    }
}
