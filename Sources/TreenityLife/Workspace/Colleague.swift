public import TreenityProtocol

/// A simulated person who works in the ``Workspace``, and is marked as simulated in each patch.
///
/// Acts on the tree as it is at that moment, whatever others have made of it: what is missing or of another shape is left
/// alone. Deletes only what simulated people have added. The workspace does not grow without end.
public struct Colleague: Hashable, Sendable {
    /// What people call them: `ann`.
    public let name: String

    /// Someone of this name.
    public init(name: String) {
        self.name = name
    }

    /// The two who work in the demo.
    public static let all: [Colleague] = [ann, john]
    static let ann = Colleague(name: "ann")
    static let john = Colleague(name: "john.doe")

    /// `meta.user` of their patches: `ann (simulated)`.
    public var user: String { "\(name) (simulated)" }

    /// What they do next; `nil` where the tree has nothing for them to do.
    ///
    /// - Parameters:
    ///   - timestamp: what the patch is stamped with.
    ///   - tree: what is at a path now; `nil`: nothing.
    public func nextPatch(
        at timestamp: Timestamp, using generator: inout some RandomNumberGenerator,
        reading tree: (TreePath) -> JSONValue?
    ) -> Patch? {
        let meta: JSONValue = ["user": .string(user), "simulated": true]
        if let step = tidying(tree) { return step.patch(at: timestamp, meta: meta) }
        var acts = Act.allCases
        while !acts.isEmpty {
            let act = acts.remove(at: Act.draw(from: acts, using: &generator))
            if let step = step(act, at: timestamp, using: &generator, reading: tree) {
                return step.patch(at: timestamp, meta: meta)
            }
        }
        return nil
    }

    /// What a person may set out to do.
    private enum Act: CaseIterable {
        case advanceTask, tickItem, comment, writeNotes, assign, addTask, withdraw, advanceOrder, addOrder, runCampaign

        /// How often, compared to the others.
        var weight: Int {
            switch self {
            case .advanceTask: 30
            case .tickItem, .comment: 15
            case .writeNotes, .advanceOrder: 12
            case .addTask, .runCampaign: 8
            case .assign, .addOrder: 6
            case .withdraw: 3
            }
        }

        /// - Precondition: there is one.
        static func draw(from acts: [Act], using generator: inout some RandomNumberGenerator) -> Int {
            var drawn = Int.random(in: 0..<acts.reduce(0) { $0 + $1.weight }, using: &generator)
            for (index, act) in acts.enumerated() {
                drawn -= act.weight
                if drawn < 0 { return index }
            }
            return acts.count - 1
        }
    }

    private func step(
        _ act: Act, at timestamp: Timestamp, using generator: inout some RandomNumberGenerator,
        reading tree: (TreePath) -> JSONValue?
    ) -> Step? {
        switch act {
        case .advanceTask: advancingTask(using: &generator, tree)
        case .tickItem: tickingItem(using: &generator, tree)
        case .comment: commenting(using: &generator, tree)
        case .writeNotes: writingNotes(using: &generator, tree)
        case .assign: assigning(using: &generator, tree)
        case .addTask: addingTask(at: timestamp, using: &generator, tree)
        case .withdraw: withdrawing(using: &generator, tree)
        case .advanceOrder: advancingOrder(using: &generator, tree)
        case .addOrder: addingOrder(using: &generator, tree)
        case .runCampaign: runningCampaign(using: &generator, tree)
        }
    }
}
