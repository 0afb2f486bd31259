/// Collects the steps of a compact edit: neighbours of one kind become one step, empty ones and a last keep go.
struct TextEditBuilder {
    private var steps: [TextEdit.Step] = []
    /// The kept or removed characters after the last of ``steps``.
    private var run = 0
    private var runIsKept = true

    /// A builder with room for so many steps.
    init(capacity: Int) {
        steps.reserveCapacity(capacity)
    }

    mutating func keep(_ count: Int) {
        extendRun(by: count, isKept: true)
    }

    mutating func delete(_ count: Int) {
        extendRun(by: count, isKept: false)
    }

    mutating func insert(_ text: String) {
        guard !text.isEmpty else { return }
        if run == 0, case .insert(let before) = steps.last {
            steps[steps.count - 1] = .insert(before + text)
        } else {
            endRun()
            steps.append(.insert(text))
        }
    }

    mutating func append(_ step: TextEdit.Step) {
        switch step {
        case .keep(let count): keep(count)
        case .insert(let text): insert(text)
        case .delete(let count): delete(count)
        }
    }

    /// The edit of the steps so far.
    consuming func finish() -> TextEdit {
        if !runIsKept { endRun() }
        return TextEdit(steps)
    }

    private mutating func extendRun(by count: Int, isKept: Bool) {
        guard count > 0 else { return }
        if runIsKept != isKept { endRun() }
        runIsKept = isKept
        run = run.addingClamped(count)
    }

    private mutating func endRun() {
        guard run > 0 else { return }
        steps.append(runIsKept ? .keep(run) : .delete(run))
        run = 0
    }
}

extension Int {
    /// The sum of two lengths, or the largest number: no text is longer, so that nothing fits which is that long.
    func addingClamped(_ count: Int) -> Int {
        let (sum, overflows) = addingReportingOverflow(count)
        return overflows ? .max : sum
    }
}
