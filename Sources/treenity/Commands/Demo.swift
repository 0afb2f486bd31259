import ArgumentParser
import Logging
import TreenityClient
import TreenityLife
import TreenityProtocol
import TreenityServer
import TreenityStore

/// `treenity demo`
struct Demo: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "demo",
        abstract: "Look at a living tree: server and client in one process.",
        discussion: """
            The tree shows this machine, from /proc, and a small office in which two simulated colleagues work. Other \
            terminals can connect to the address in the status line.
            """)

    @Option(help: "The port to serve on; 0 takes any free one.")
    var port = 0

    @OptionGroup var appearance: AppearanceOptions

    func run() async throws {
        var configuration = ServerConfiguration(
            logger: Logger(label: "treenity.server") { _ in SwiftLogNoOpLogHandler() })
        configuration.addresses = [.port(port, host: ListenAddress.defaultHost)]
        let server = TreeServer(configuration, tree: try Demo.initialTree())
        let (addresses, found) = AsyncStream<String>.makeStream()
        let appearance = appearance
        let code = try await withThrowingTaskGroup(of: Int32?.self) { group in
            group.addTask {
                try await server.run { found.yield($0.url) }
                return nil
            }
            group.addTask {
                await Living(server: server).run()
                return nil
            }
            group.addTask {
                guard let url = await addresses.first(where: { _ in true }) else { return nil }
                let address = try ServerAddress(parsing: url + "#\(Demo.start)")
                let client = Client(
                    address: address, appearance: appearance, muted: ["tree/hosts"], keepsEdits: false)
                return try await client.run()
            }
            defer { group.cancelAll() }
            while let code = try await group.next() {
                if let code { return code }
            }
            return 0
        }
        if code != 0 { throw ExitCode(code) }
    }

    /// Where something happens soon.
    private static let start: TreePath = "tree/spaces/marketing/tasks/101"

    private static func initialTree() throws -> Replica {
        var tree = Replica()
        let patch = Patch(.edit(Workspace.initial), .root, meta: ["user": "demo"])
        _ = try tree.apply(patch, rule: .admission, now: Timestamp(milliseconds: 0))
        return tree
    }
}

/// Lets the sources of life act on a server's tree.
struct Living {
    let server: TreeServer

    /// Runs until it is cancelled.
    func run() async {
        let clock = ContinuousClock()
        var random = SystemRandomNumberGenerator()
        var life = Life(machine: MachineProbe())
        while !Task.isCancelled {
            let tree = await server.tree
            let moment = life.step(at: clock.now, timestamp: WallClock.now, using: &random) { tree.json(at: $0) }
            // A patch that is refused came too late: somebody else has changed what it was about.
            for patch in moment.patches { _ = await server.submit([patch], user: patch.sender) }
            // Cancellation ends the wait, and the loop sees to the rest.
            try? await clock.sleep(until: moment.nextWake, tolerance: .milliseconds(5))
        }
    }
}
