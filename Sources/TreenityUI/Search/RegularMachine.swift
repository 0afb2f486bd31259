/// Runs a program over a text: every place of the text is looked at once, with all threads that have come so far, in the
/// order of their preference.
struct RegularMachine {
    let text: [Unicode.Scalar]
    private let steps: [RegularProgram.Step]
    private let ignoresCase: Bool

    private struct Thread {
        var step: Int
        /// Where its match began.
        var start: Int
    }

    private var threads: [Thread] = []
    private var nextThreads: [Thread] = []
    /// The place of the text, and one more, at which a step was last reached.
    private var reached: [Int]
    private var stack: [Int] = []

    init(_ program: RegularProgram, _ text: [Unicode.Scalar], ignoresCase: Bool) {
        self.text = text
        self.ignoresCase = ignoresCase
        steps = program.steps
        reached = [Int](repeating: 0, count: steps.count)
    }

    /// The leftmost match from a place on, of those that begin there the preferred one.
    ///
    /// - Parameter isAnyEnough: the first sign of a match will do, wherever it begins and ends.
    mutating func match(from origin: Int, isAnyEnough: Bool) -> Range<Int>? {
        threads = []
        for step in reached.indices { reached[step] = 0 }
        var found: Range<Int>?
        var place = origin
        while place <= text.count {
            // Later beginnings come after those that are under way.
            if found == nil { follow(0, start: place, at: place) }
            if threads.isEmpty, found != nil { break }
            nextThreads.removeAll(keepingCapacity: true)
            let current = threads
            threads.removeAll(keepingCapacity: true)
            preferring: for thread in current {
                switch steps[thread.step] {
                case .accept:
                    found = thread.start..<place
                    // What comes after it is less preferred.
                    break preferring
                case .take(let set):
                    if place < text.count, takes(set, text[place]) { nextThreads.append(thread) }
                case .fork, .jump, .check:
                    break
                }
            }
            if isAnyEnough, found != nil { return found }
            place += 1
            let survivors = nextThreads
            for thread in survivors { follow(thread.step + 1, start: thread.start, at: place) }
        }
        return found
    }

    private func takes(_ set: ScalarSet, _ scalar: Unicode.Scalar) -> Bool {
        ignoresCase ? set.containsAnyCase(of: scalar) : set.contains(scalar)
    }

    /// Adds the threads to which a step leads without taking a character.
    private mutating func follow(_ step: Int, start: Int, at place: Int) {
        stack.append(step)
        while let step = stack.popLast() {
            guard reached[step] != place + 1 else { continue }
            reached[step] = place + 1
            switch steps[step] {
            case .take, .accept: threads.append(Thread(step: step, start: start))
            case .jump(let target): stack.append(target)
            case .fork(let first, let second):
                stack.append(second)
                stack.append(first)
            case .check(let assertion): if holds(assertion, at: place) { stack.append(step + 1) }
            }
        }
    }

    private func holds(_ assertion: RegularAssertion, at place: Int) -> Bool {
        switch assertion {
        case .start: place == 0
        case .end: place == text.count
        case .wordBorder: isWordly(place - 1) != isWordly(place)
        case .noWordBorder: isWordly(place - 1) == isWordly(place)
        }
    }

    private func isWordly(_ place: Int) -> Bool { text.indices.contains(place) && text[place].isWordly }
}
