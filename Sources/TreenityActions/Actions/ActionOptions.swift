/// What actions need of the machine that they run on, and the bounds that hold for all of them together.
public struct ActionOptions: Sendable {
    /// Where commands without a path of their own are looked for: directories with colons between, given to them as
    /// `PATH`.
    public var searchPath: String
    /// Where commands get a working directory, if they have none of their own.
    public var temporaryDirectory: String
    /// How many actions run at once.
    public var maximumRunning = 16
    /// How many more wait for their turn; others are refused at once.
    public var maximumWaiting = 1024
    /// How long a command that is to end has after SIGTERM, before SIGKILL.
    public var gracePeriod: Duration = .seconds(1)
    /// What measures time limits.
    public var clock: any Clock<Duration> = ContinuousClock()

    /// Options with these bounds, and with the directories that an environment names (`PATH`, `TMPDIR`).
    public init(environment: [String: String]) {
        func variable(_ name: String) -> String? { environment[name].flatMap { $0.isEmpty ? nil : $0 } }
        searchPath = variable("PATH") ?? "/usr/local/bin:/usr/bin:/bin"
        temporaryDirectory = variable("TMPDIR") ?? "/tmp"
    }
}
