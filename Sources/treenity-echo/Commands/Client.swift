import ArgumentParser

/// `treenity-echo client`
struct Client: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        abstract: "Run all cases of a testing server.",
        discussion: """
            Asks URL/getCaseCount how many there are, sends back what comes from URL/runCase?case=N&agent=NAME for each \
            of them, and asks for the report by URL/updateReports?agent=NAME, as Autobahn's fuzzing server has it.
            """)

    @Argument(help: ArgumentHelp("ws://HOST:PORT or wss://HOST:PORT", valueName: "url"))
    var url: WebSocketURL

    @Option(help: "What the report calls this client.")
    var agent = "treenity"

    @Option(
        name: .customLong("ca-file"),
        help: ArgumentHelp("PEM file of the authorities to trust instead of the system's.", valueName: "file"))
    var authorities: String?

    @Flag(name: .customLong("no-deflate"), help: "Do not offer to compress messages.")
    var isPlain = false

    func validate() throws {
        guard Client.isQueryValue(agent) else {
            throw ValidationError("--agent takes letters, digits and “-”, “.”, “_”, “~”: not “\(agent)”")
        }
        if authorities != nil, !url.isSecure { throw ValidationError("--ca-file is for wss:// addresses") }
    }

    func run() async throws {
        let connector = try Connector(url, .echo(deflates: !isPlain), authorities: authorities)
        let client = EchoClient(connector: connector, agent: agent)
        try await Signals.untilAsked {
            let count = try await client.run()
            StandardOutput.write("ran \(count) cases")
        }
    }

    private static func isQueryValue(_ text: String) -> Bool {
        !text.isEmpty && text.utf8.allSatisfy { UInt8(ascii: "0")...UInt8(ascii: "9") ~= $0 || isLetterOrMark($0) }
    }

    private static func isLetterOrMark(_ byte: UInt8) -> Bool {
        switch byte | 0x20 {
        case UInt8(ascii: "a")...UInt8(ascii: "z"): true
        default: "-._~".utf8.contains(byte)
        }
    }
}
