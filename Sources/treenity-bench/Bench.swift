import ArgumentParser
import Foundation

/// The program: what to measure, and how often.
@main
struct Bench: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "treenity-bench",
        abstract: "Measure decoding, applying, memory, snapshots, text edits and the server.",
        discussion: """
            Prints one line a figure: name, value, unit. A second is a second of processor time. Every run is a process \
            of its own. Only ratios between figures of one machine and hour mean something.
            """)

    @Flag(help: "Say what can be measured.")
    var list = false

    @Option(help: ArgumentHelp("Measure figures whose names start so; may be repeated.", valueName: "name"))
    var only: [String] = []

    @Option(help: "Of how many runs to take the median.")
    var runs = 5

    @Option(
        help: ArgumentHelp("Write the messages as files, for other programs.", valueName: "directory"))
    var writeWorkload: String?

    @Option(help: ArgumentHelp("Do a measure once, in this process; for profilers.", valueName: "name"))
    var once: String?

    func validate() throws {
        guard runs > 0 else { throw ValidationError("--runs takes a number from 1.") }
    }

    func run() throws {
        if list {
            for figure in Measure.all.flatMap(\.figures) {
                print("\(figure.name)  \(figure.summary), \(figure.unit)")
            }
        } else if let writeWorkload {
            try WorkloadFiles(directory: URL(fileURLWithPath: writeWorkload)).write()
        } else if let once {
            guard let measure = Measure.all.first(where: { $0.id == once }) else {
                throw BenchError("no measure starts with the figure “\(once)”: --list shows the names")
            }
            for value in try measure.run() { print(value) }
        } else {
            try Runner(runs: runs, prefixes: only).run()
        }
    }
}
