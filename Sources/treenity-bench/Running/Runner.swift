import Foundation

/// Runs measures, each run in a fresh process, and takes medians.
struct Runner {
    let runs: Int
    /// Figures whose names start with one of these; empty: all.
    let prefixes: [String]

    /// Measures what is wanted; one line a figure goes to stdout as soon as it is known.
    func run() throws {
        let measures = Measure.all.filter { $0.figures.contains(where: isWanted) }
        guard !measures.isEmpty else { throw BenchError("no figure starts so: --list shows the names") }
        for measure in measures {
            let values = try (1...runs).map { run in
                progress("\(measure.id) \(run)/\(runs)")
                return try once(measure)
            }
            for (index, figure) in measure.figures.enumerated() where isWanted(figure) {
                let median = Runner.median(values.map { $0[index] })
                print(figure.name, Runner.format(median), figure.unit)
            }
            fflush(nil)
        }
    }

    private func isWanted(_ figure: Figure) -> Bool {
        prefixes.isEmpty || prefixes.contains { figure.name.hasPrefix($0) }
    }

    private func once(_ measure: Measure) throws -> [Double] {
        guard let program = Bundle.main.executableURL else { throw BenchError("this program has no file to start") }
        let child = Process()
        let output = Pipe()
        child.executableURL = program
        child.arguments = ["--once", measure.id]
        child.standardOutput = output
        try child.run()
        let bytes = try output.fileHandleForReading.readToEnd() ?? Data()
        child.waitUntilExit()
        let lines = String(decoding: bytes, as: UTF8.self).split(separator: "\n")
        let values = lines.compactMap { Double($0) }
        guard child.terminationStatus == 0, values.count == measure.figures.count else {
            throw BenchError("\(measure.id) did not come to its end")
        }
        return values
    }

    private func progress(_ text: String) {
        FileHandle.standardError.write(Data((text + "\n").utf8))
    }

    static func median(_ values: [Double]) -> Double {
        let sorted = values.sorted()
        return (sorted[(sorted.count - 1) / 2] + sorted[sorted.count / 2]) / 2
    }

    private static func format(_ value: Double) -> String {
        String(format: value < 100 ? "%.2f" : "%.0f", value)
    }
}
