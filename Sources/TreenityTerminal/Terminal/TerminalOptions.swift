internal import Glibc

/// Which terminal to take, and how.
public struct TerminalOptions: Hashable, Sendable {
    /// The descriptor that keys are read from. It stays the caller's, and its flags as they are.
    public var input: Int32 = STDIN_FILENO
    /// The descriptor that is written to.
    public var output: Int32 = STDOUT_FILENO
    /// The name of the terminal's description, as `TERM` gives it.
    public var type: String?
    /// Show no colours.
    public var isMonochrome = false
    /// The terminal says that it takes all of red, green and blue. Used if there is a description of it that can.
    public var takesRGB = false
    /// The terminal is one of tmux's, or one of GNU screen's.
    public var isInTmux = false, isInScreen = false
    /// Ask the terminal for the colour of its background; ``TerminalEvent/background(_:)`` tells of the answer.
    public var asksForBackground = false
    /// Use UTF-8 even if the locale does not say so.
    public var prefersUTF8 = false

    /// Options that say nothing about the terminal's type.
    public init() {}

    /// What the environment says: `TERM`, `NO_COLOR` (no-color.org), `COLORTERM`, `TMUX` and `STY`.
    ///
    /// - Parameter variable: the value of an environment variable.
    public init(environment variable: (String) -> String?) {
        type = variable("TERM")
        isMonochrome = variable("NO_COLOR").map { !$0.isEmpty } ?? false
        takesRGB = ["truecolor", "24bit"].contains(variable("COLORTERM"))
        isInTmux = variable("TMUX") != nil || type?.hasPrefix("tmux") == true
        // tmux calls itself screen, too; what is meant for screen it drops.
        isInScreen = !isInTmux && (variable("STY") != nil || type?.hasPrefix("screen") == true)
    }

    /// The descriptions to try, the best first. Those with all colours come under a name of their own.
    var types: [String] {
        guard let type, !type.isEmpty else { return [] }
        guard takesRGB, !isMonochrome, !type.hasSuffix("-direct") else { return [type] }
        let suffix = "-256color"
        return [(type.hasSuffix(suffix) ? String(type.dropLast(suffix.count)) : type) + "-direct", type]
    }
}
