/// An action that is done by a program of this machine: which, and with which bounds.
struct Command: Hashable, Sendable {
    /// A name that is looked for in the search path, or an absolute path.
    let program: String
    let arguments: [String]
    /// The working directory; `nil`: a new one, for each run.
    let directory: String?
    /// All variables that it has beside `PATH`.
    let environment: [String: String]
    let timeout: Duration
    let maximumOutputBytes: Int
}
