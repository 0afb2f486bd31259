/// A pattern as steps of a machine.
struct RegularProgram: Sendable {
    enum Step: Equatable, Sendable {
        /// Takes one character of a set.
        case take(ScalarSet)
        /// Goes both ways, the first one first.
        case fork(Int, Int)
        case jump(Int)
        case check(RegularAssertion)
        case accept
    }

    private(set) var steps: [Step] = []

    private static let mostSteps = 20_000

    init(_ tree: RegularTree) throws(RegularError) {
        try append(tree)
        steps.append(.accept)
    }

    private mutating func append(_ tree: RegularTree) throws(RegularError) {
        guard steps.count < RegularProgram.mostSteps else {
            throw RegularError(problem: "the pattern is too large: its repetitions multiply", place: 1)
        }
        switch tree {
        case .blank: break
        case .scalar(let set): steps.append(.take(set))
        case .assertion(let assertion): steps.append(.check(assertion))
        case .sequence(let parts): for part in parts { try append(part) }
        case .choice(let branches): try append(choiceOf: branches[...])
        case .repetition(let part, let least, let most, let isGreedy):
            for _ in 0..<least { try append(part) }
            if let most {
                try append(part, upTo: most - least, isGreedy)
            } else {
                try append(anyNumberOf: part, isGreedy)
            }
        }
    }

    private mutating func append(choiceOf branches: ArraySlice<RegularTree>) throws(RegularError) {
        guard let first = branches.first else { return }
        guard branches.count > 1 else { return try append(first) }
        let fork = steps.count
        steps.append(.accept)
        try append(first)
        let jump = steps.count
        steps.append(.accept)
        steps[fork] = .fork(fork + 1, steps.count)
        try append(choiceOf: branches.dropFirst())
        steps[jump] = .jump(steps.count)
    }

    private mutating func append(anyNumberOf part: RegularTree, _ isGreedy: Bool) throws(RegularError) {
        let fork = steps.count
        steps.append(.accept)
        try append(part)
        steps.append(.jump(fork))
        steps[fork] = isGreedy ? .fork(fork + 1, steps.count) : .fork(steps.count, fork + 1)
    }

    private mutating func append(_ part: RegularTree, upTo count: Int, _ isGreedy: Bool) throws(RegularError) {
        var forks: [Int] = []
        for _ in 0..<count {
            forks.append(steps.count)
            steps.append(.accept)
            try append(part)
        }
        for fork in forks { steps[fork] = isGreedy ? .fork(fork + 1, steps.count) : .fork(steps.count, fork + 1) }
    }
}
