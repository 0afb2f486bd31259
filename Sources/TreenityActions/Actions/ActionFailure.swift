public import TreenityProtocol

/// Why an action did not do what it was run for.
public struct ActionFailure: Error, Hashable, Sendable, CustomStringConvertible {
    /// Where the action was run.
    public let path: TreePath

    let cause: Cause

    /// The reason, for the person who ran the action.
    public var description: String { cause.description }

    /// The failure as the protocol answers it: `action-failed`.
    public var refusal: Refusal { Refusal(.actionFailed, description, path: path) }
}

extension ActionFailure {
    enum Cause: Error, Hashable {
        /// No turn within the time limit.
        case tooManyRunning
        case tookTooLong(Duration)
        case cancelled
        case replyTooLong(maximum: Int)
        case replyNotJSON(JSONError)
        /// A patch of the reply that is none, or no list of patches.
        case badPatches(Refusal)
        /// An HTTP status that means no success, and the start of the body.
        case status(UInt, String)
        /// No answer over HTTP, with the reason.
        case unreachable(String)
        /// A command that did not start, or could not be followed, with the reason.
        case notRun(String)
        /// A command's exit status other than 0, and the start of what it complained of.
        case exited(Int32, String)
        /// The signal that ended a command, and the start of what it complained of.
        case killed(Int32, String)
    }
}

extension ActionFailure.Cause: CustomStringConvertible {
    var description: String {
        switch self {
        case .tooManyRunning: "too many actions run; try again later"
        case .tookTooLong(let limit): "the action took longer than \(limit) and was ended"
        case .cancelled: "the action was ended by the server"
        case .replyTooLong(let maximum): "the action's reply is longer than \(maximum) bytes"
        case .replyNotJSON(let error): "the action's reply is no JSON: \(error)"
        case .badPatches(let refusal): Self.words(for: refusal)
        case .status(let status, let body): Self.words("the action was answered with HTTP status \(status)", body)
        case .unreachable(let reason): "the action's server gave no answer: \(reason)"
        case .notRun(let reason): "the action's command did not run: \(reason)"
        case .exited(let status, let complaint):
            Self.words("the action's command ended with status \(status)", complaint)
        case .killed(let signal, let complaint):
            Self.words("the action's command was ended by signal \(signal)", complaint)
        }
    }

    private static func words(_ what: String, _ detail: String) -> String {
        detail.isEmpty ? what : "\(what): \(detail)"
    }

    private static func words(for refusal: Refusal) -> String {
        let which = refusal.index.map { "patch \($0) of the action's reply" } ?? "the action's reply"
        return "\(which) is wrong: \(refusal.message)"
    }
}
