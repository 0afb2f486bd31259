import TreenityProtocol
import TreenitySequencer

@testable import TreenityActions

extension ActionOptions {
    /// With the usual directories, and little patience.
    static var testing: ActionOptions {
        var options = ActionOptions(environment: ["PATH": "/usr/bin:/bin"])
        options.gracePeriod = .milliseconds(50)
        return options
    }
}

extension Command {
    /// A script for `/bin/sh`.
    static func script(
        _ script: String, directory: String? = nil, environment: [String: String] = [:],
        timeout: Duration = .seconds(60), maximumOutputBytes: Int = 1 << 20
    ) -> Command {
        Command(
            program: "/bin/sh", arguments: ["-c", script], directory: directory, environment: environment,
            timeout: timeout, maximumOutputBytes: maximumOutputBytes)
    }
}

extension Action {
    init(_ work: Work) {
        self.init(rights: Rights(), user: nil, work: work)
    }
}

/// Runs an action at `tree/x` as `ann`.
func run(
    _ work: Action.Work, value: JSONValue? = nil, options: ActionOptions = .testing
) async throws -> ActionReply {
    try await withActions(.empty, options: options) { actions in
        try await actions.run(Action(work), path: "tree/x", value: value, user: "ann")
    }
}

/// Why an action fails; `nil`: it does not.
func failure(
    _ work: Action.Work, value: JSONValue? = nil, options: ActionOptions = .testing
) async throws -> ActionFailure? {
    do {
        _ = try await run(work, value: value, options: options)
        return nil
    } catch let failure as ActionFailure {
        return failure
    }
}
