import ArgumentParser
import TreenityDataFile
import TreenityLog
import TreenityProtocol
import TreenitySequencer
import TreenityStore

/// `treenity export`
struct Export: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "export",
        abstract: "Write the tree of a data file to standard output, as JSON.",
        discussion: """
            The file may be in use by a server, and it may be damaged: what can be read of it is written out, what \
            cannot is said, and the exit status is then 2. The file is not changed. “treenity serve --import” reads the \
            document.
            """)

    @Option(help: ArgumentHelp("The data file.", valueName: "file"))
    var data: String

    @Argument(help: "Only what is at this path.")
    var path: String?

    func run() throws {
        let path: TreePath
        do { path = try self.path.map(TreePath.init(parsing:)) ?? .root } catch { throw ValidationError("\(error)") }
        let salvage: Salvage
        do { salvage = try Salvage(of: data) } catch { throw Failure(error.description) }
        var ledger = try Export.start(salvage)
        for entry in salvage.entries { _ = ledger.read(entry) }
        guard let json = ledger.sequencer.tree.json(at: path) else { throw Failure("nothing is at \(path) in \(data)") }
        try StandardOutput.write(json.text + "\n")
        for loss in salvage.losses { StandardError.write("treenity: \(data): cannot read \(loss)") }
        if !salvage.losses.isEmpty { throw ExitCode(ExitStatus.partial) }
    }

    private static func start(_ salvage: Salvage) throws -> Ledger {
        guard let state = salvage.state else { return Ledger(Sequencer(tree: Replica(), epoch: "")) }
        do {
            return Ledger(try Sequencer(restoring: state.chunks), at: state.position)
        } catch {
            throw Failure(error.description)
        }
    }
}
