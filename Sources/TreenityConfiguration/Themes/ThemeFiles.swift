import Foundation
public import TreenityUI

/// The themes that can be had: the terminal's own colours, and the scheme files in the folders for them.
public struct ThemeFiles: Sendable {
    /// What may be named instead of a file: the terminal's own colours.
    public static let terminalName = ThemePair.terminal.dark
    private static let builtIn = [ThemePair.terminal.dark: Theme.terminal, ThemePair.terminal.light: .lightTerminal]

    /// The folders that are looked into, the first first.
    let folders: [URL]

    /// The user's folder, those of the system, and the one that the program was built beside.
    ///
    /// - Parameter program: where the program is.
    public init(environment: [String: String], program: String?) {
        let home = environment["HOME"] ?? "/"
        func list(_ name: String, or standard: String) -> String {
            environment[name].flatMap { $0.isEmpty ? nil : $0 } ?? standard
        }
        let user = [
            list("XDG_CONFIG_HOME", or: home + "/.config"), list("XDG_DATA_HOME", or: home + "/.local/share"),
        ]
        let system = list("XDG_DATA_DIRS", or: "/usr/local/share:/usr/share").split(separator: ":").map(String.init)
        folders =
            (user + system).map { URL(fileURLWithPath: $0).appendingPathComponent("treenity/themes") }
            + ThemeFiles.beside(program)
    }

    /// `…/share/treenity/themes` where the program is in `…/bin`, and `Themes` where it is in a build folder.
    private static func beside(_ program: String?) -> [URL] {
        guard let program else { return [] }
        var folder = URL(fileURLWithPath: program).deletingLastPathComponent()
        let installed = folder.deletingLastPathComponent().appendingPathComponent("share/treenity/themes")
        for _ in 0..<5 {
            if FileManager.default.fileExists(atPath: folder.appendingPathComponent("Package.swift").path) {
                return [folder.appendingPathComponent("Themes"), installed]
            }
            folder.deleteLastPathComponent()
        }
        return [installed]
    }

    /// A theme by its name, or by the path of its file.
    public func theme(_ name: String) throws(ThemeFileError) -> Theme {
        if let theme = ThemeFiles.builtIn[name] { return theme }
        let isPath = name.contains("/") || name.hasSuffix(".yaml") || name.hasSuffix(".yml")
        guard let file = isPath ? URL(fileURLWithPath: name) : find(name) else {
            throw ThemeFileError(
                description: "there is no theme “\(name)”; there are \(names.joined(separator: ", "))")
        }
        let text: String
        do {
            text = try String(contentsOf: file, encoding: .utf8)
        } catch {
            throw ThemeFileError(description: "the theme \(file.path) cannot be read: \(error.localizedDescription)")
        }
        return Theme(try SchemeFile.scheme(text, file: file.path))
    }

    /// The names of the themes that can be had.
    public var names: [String] {
        // By path: a folder that is a link is followed.
        let files = folders.flatMap { (try? FileManager.default.contentsOfDirectory(atPath: $0.path)) ?? [] }
        let schemes = files.map(URL.init(fileURLWithPath:)).filter { ["yaml", "yml"].contains($0.pathExtension) }
        return ThemeFiles.builtIn.keys.sorted()
            + Set(schemes.map { $0.deletingPathExtension().lastPathComponent }).sorted()
    }

    private func find(_ name: String) -> URL? {
        folders.lazy.flatMap { folder in ["yaml", "yml"].map { folder.appendingPathComponent("\(name).\($0)") } }
            .first { FileManager.default.fileExists(atPath: $0.path) }
    }
}
