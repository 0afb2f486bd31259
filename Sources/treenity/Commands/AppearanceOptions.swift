import ArgumentParser
import Foundation
import TreenityConfiguration
import TreenityTerminal
import TreenityUI

/// How the client looks, and who its user is.
struct AppearanceOptions: ParsableArguments {
    @Option(
        help: ArgumentHelp(
            """
            A theme by its name, or a base16 scheme file. (default: terminal, its own colours; terminal-light on a light \
            background)
            """,
            valueName: "name|file"),
        completion: .custom { _, _, _ in Themes.files(ProcessInfo.processInfo.environment).names })
    var theme: String?

    @Flag(help: "No colours, as with NO_COLOR.")
    var noColor = false

    @Flag(name: .customLong("ascii"), help: "Draw with ASCII alone, as where the locale is not UTF-8.")
    var ascii = false

    @Option(help: "The name that your edits carry. (default: $USER)")
    var user: String?

    func terminal(_ environment: [String: String]) -> TerminalOptions {
        var options = TerminalOptions { environment[$0] }
        options.isMonochrome = options.isMonochrome || noColor
        return options
    }

    /// Changes the settings to what the command line and the environment ask for.
    func apply(to settings: inout Settings, _ environment: [String: String]) {
        if let name = theme ?? environment["TREENITY_THEME"], !name.isEmpty {
            settings.themeName = name
            settings.themesByBackground = nil
        }
        if ascii { settings.isASCII = true }
        if let user { settings.user = user }
        guard settings.user.isEmpty else { return }
        let names = [environment["USER"], environment["LOGNAME"], NSUserName()]
        settings.user = names.lazy.compactMap { $0 }.first { !$0.isEmpty } ?? "local"
    }
}
