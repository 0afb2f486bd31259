/// Why a terminal cannot be used.
public struct TerminalError: Error, Hashable, Sendable, CustomStringConvertible {
    private enum Code: Hashable {
        case notATerminal
        case noType
        case unknownType(String)
        case tooSimple(String)
        case inUse
        case outOfResources
    }

    private let code: Code

    /// Standard input or output is no terminal, but a file or a pipe.
    public static let notATerminal = TerminalError(code: .notATerminal)
    /// Nothing says of which type the terminal is.
    public static let noType = TerminalError(code: .noType)
    /// The terminal is in use by this process already.
    public static let inUse = TerminalError(code: .inUse)
    /// The system had no memory or no descriptor left.
    public static let outOfResources = TerminalError(code: .outOfResources)

    /// There is no description of terminals of this type on this machine.
    public static func unknownType(_ type: String) -> TerminalError { TerminalError(code: .unknownType(type)) }

    /// Terminals of this type cannot place their cursor.
    public static func tooSimple(_ type: String) -> TerminalError { TerminalError(code: .tooSimple(type)) }

    /// The reason, for the user.
    public var description: String {
        switch code {
        case .notATerminal: "standard input and output must be a terminal"
        case .noType: "the type of the terminal is not known: TERM is not set"
        case .unknownType(let type): "there is no description of the terminal type “\(type)” (TERM) on this machine"
        case .tooSimple(let type): "a terminal of type “\(type)” (TERM) cannot show a full screen"
        case .inUse: "the terminal is in use already"
        case .outOfResources: "the system has no memory or no file descriptor left for the terminal"
        }
    }
}
