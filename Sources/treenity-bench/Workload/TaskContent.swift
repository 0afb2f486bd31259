/// What a task holds: about 72 bytes of JSON.
struct TaskContent {
    private static let verbs = ["Draft", "Review", "Plan", "Measure", "Translate", "Publish"]
    private static let objects = ["the brief", "a poster", "the budget", "all mails", "the launch", "a survey"]
    private static let statuses = ["todo", "in-progress", "review", "done", "blocked"]
    private static let people = ["john.doe", "ann", "mei.lin", "olu", "sofia.k"]

    /// The users of whom each sends some of the patches.
    static var users: [String] { people }

    private var random: SeededGenerator

    init(seed: UInt64) {
        random = SeededGenerator(seed: seed)
    }

    /// All properties of one task, as a JSON object.
    mutating func task() -> String {
        "{\(name()),\(status()),\(assignee()),\(estimate())}"
    }

    /// One or two changed properties, as a JSON object.
    mutating func edit() -> String {
        switch Int.random(in: 0..<8, using: &random) {
        case 0: "{\(name())}"
        case 1: "{\(estimate())}"
        case 2: "{\(assignee())}"
        case 3: "{\(status()),\(assignee())}"
        default: "{\(status())}"
        }
    }

    private mutating func name() -> String {
        "\"name\":\"\(random.pick(TaskContent.verbs)) \(random.pick(TaskContent.objects))\""
    }
    private mutating func status() -> String { "\"status\":\"\(random.pick(TaskContent.statuses))\"" }
    private mutating func assignee() -> String { "\"assignee\":\"\(random.pick(TaskContent.people))\"" }
    private mutating func estimate() -> String { "\"estimate\":\(Int.random(in: 1...40, using: &random))" }
}
