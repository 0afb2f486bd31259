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
        configuration.port = port
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
                let address = try TreenityClient.ServerAddress(parsing: url + "#\(Demo.start)")
                return try await Client(address: address, appearance: appearance, muted: ["tree/hosts"]).run()
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

    private static let machineUser = "machine"

    /// Runs until it is cancelled.
    func run() async {
        let clock = ContinuousClock()
        let start = clock.now
        var random = SystemRandomNumberGenerator()
        var schedule = Schedule(colleagues: Colleague.all.count, start: 0)
        var probe = MachineProbe()
        while !Task.isCancelled {
            let now = (clock.now - start).milliseconds
            for actor in schedule.due(at: now, using: &random) {
                switch actor {
                case .machine: _ = await server.submit(probe.sample(milliseconds: now), user: Living.machineUser)
                case .colleague(let place): await act(Colleague.all[place], &random)
                }
            }
            // Cancellation ends the wait, and the loop sees to the rest.
            try? await clock.sleep(until: start + .milliseconds(schedule.next), tolerance: .milliseconds(5))
        }
    }

    private func act(_ colleague: Colleague, _ random: inout SystemRandomNumberGenerator) async {
        let tree = await server.tree
        guard let patch = colleague.nextPatch(in: { tree.json(at: $0) }, using: &random) else { return }
        _ = await server.submit([patch], user: colleague.user)
    }
}
