import ArgumentParser
import Foundation
import TreenityTerminal
import TreenityUI

/// How the client looks, and who its user is.
struct AppearanceOptions: ParsableArguments {
    @Option(help: "A theme by its name, or a base16 scheme file. (default: terminal, the terminal's own colours)")
    var theme: String?

    @Flag(help: "No colours, as with NO_COLOR.")
    var noColor = false

    @Flag(name: .customLong("ascii"), help: "Draw with ASCII alone, as where the locale is not UTF-8.")
    var ascii = false

    @Option(help: "The name that your edits carry. (default: $USER)")
    var user: String?

    func resolvedTheme(_ environment: [String: String]) throws -> Theme {
        try ThemeFiles.theme(
            theme ?? environment["TREENITY_THEME"] ?? ThemeFiles.terminalName, environment: environment)
    }

    func terminal(_ environment: [String: String]) -> TerminalOptions {
        var options = TerminalOptions { environment[$0] }
        options.isMonochrome = options.isMonochrome || noColor
        return options
    }

    func userName(_ environment: [String: String]) -> String {
        let names = [user, environment["USER"], environment["LOGNAME"], NSUserName()]
        return names.lazy.compactMap { $0 }.first { !$0.isEmpty } ?? "local"
    }
}
