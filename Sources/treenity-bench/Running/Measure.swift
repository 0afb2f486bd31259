/// One figure of a measure: what its line says.
struct Figure: Sendable {
    /// Unique; parts go from the general to the particular, joined by dots.
    let name: String
    let unit: String
    /// What is measured, for `--list`.
    let summary: String

    init(_ name: String, _ unit: String, _ summary: String) {
        self.name = name
        self.unit = unit
        self.summary = summary
    }
}

/// Work that is done once, for one figure or for several that only mean something together.
struct Measure: Sendable {
    let figures: [Figure]
    /// Gets ready, works, and returns a value for each figure. It has a process of its own.
    let run: @Sendable () throws -> [Double]

    init(_ figures: Figure..., run: @escaping @Sendable () throws -> [Double]) {
        self.figures = figures
        self.run = run
    }

    /// The first figure's name, by which a child process is told what to do.
    var id: String { figures[0].name }
}

extension Measure {
    /// Everything that can be measured. A further group takes a file and a line here.
    static let all =
        DecodeMeasures.all + ApplyMeasures.all + ShapeMeasures.all + MemoryMeasures.all + SnapshotMeasures.all
        + HistoryMeasures.all + TextMeasures.all + ServerMeasures.all
}
