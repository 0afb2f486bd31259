import ArgumentParser
import TreenityServer

/// Where a server listens, and whom it lets in.
struct ServeDoorOptions: ParsableArguments {
    @Option(
        help: ArgumentHelp(
            "Where to listen; may be given several times.",
            discussion: "HOST:PORT, [IPv6]:PORT or unix:/path/to.sock; port 0 takes any free one.",
            valueName: "address"),
        transform: ServeDoorOptions.address)
    var listen: [ListenAddress] = [.port(ListenAddress.defaultPort, host: ListenAddress.defaultHost)]

    @Option(
        help: ArgumentHelp(
            "Let in only those with a token of this file (see “treenity token”).",
            discussion: "Without it nobody needs one, and only this machine may connect. SIGHUP has it read again.",
            valueName: "file"))
    var tokens: String?

    @Option(
        help: ArgumentHelp("Encrypt with the certificates in this PEM file, the server's first.", valueName: "file"))
    var tlsCert: String?

    @Option(help: ArgumentHelp("The private key of the certificate, in PEM form.", valueName: "file"))
    var tlsKey: String?

    @Option(
        help: ArgumentHelp(
            "Let web pages of this origin connect; may be given several times.", valueName: "https://host"))
    var allowOrigin: [String] = []

    @Option(help: ArgumentHelp("Take so many connections at once.", valueName: "count"))
    var maxConnections = 10_000

    @Option(help: ArgumentHelp("Take so many connections at once from one other machine.", valueName: "count"))
    var maxConnectionsPerAddress = 1_000

    func validate() throws {
        guard (tlsCert == nil) == (tlsKey == nil) else {
            throw ValidationError("give both --tls-cert and --tls-key, or neither")
        }
        guard maxConnections > 0, maxConnectionsPerAddress > 0 else {
            throw ValidationError("a server takes at least one connection")
        }
    }

    func apply(to configuration: inout ServerConfiguration) {
        configuration.addresses = listen
        configuration.tokens = tokens
        if let tlsCert, let tlsKey { configuration.encryption = EncryptionFiles(certificate: tlsCert, key: tlsKey) }
        configuration.allowedOrigins = Set(allowOrigin)
        configuration.maximumConnections = maxConnections
        configuration.maximumConnectionsPerOrigin = maxConnectionsPerAddress
    }

    @Sendable private static func address(_ text: String) throws -> ListenAddress {
        guard let address = ListenAddress(text) else {
            throw ValidationError("write HOST:PORT, [IPv6]:PORT or unix:/path/to.sock")
        }
        return address
    }
}
