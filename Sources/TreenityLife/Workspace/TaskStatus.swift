/// How far a task is: each leads to the next.
enum TaskStatus: String, CaseIterable, Sendable {
    case assigned
    case inProgress = "in-progress"
    case review
    case completed
}
