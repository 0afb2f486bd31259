import Foundation
import TreenityUI
import Yams

/// Finds and reads themes: base16 scheme files of the Tinted Theming project.
enum ThemeFiles {
    /// What may be named instead of a file: the terminal's own colours.
    static let terminalName = "terminal"

    /// A theme by its name, or by the path of its file.
    static func theme(_ name: String, environment: [String: String]) throws -> Theme {
        if name == terminalName { return .terminal }
        let file = name.contains("/") || name.hasSuffix(".yaml") ? URL(fileURLWithPath: name) : find(name, environment)
        guard let file else {
            let known = [terminalName] + names(environment)
            throw Failure("there is no theme “\(name)”; there are: \(known.joined(separator: ", "))")
        }
        return Theme(try read(file))
    }

    /// A theme by its name, or what is wrong with it.
    static func find(_ name: String) -> Result<Theme, Setting.Problem> {
        Result { try theme(name, environment: ProcessInfo.processInfo.environment) }
            .mapError { Setting.Problem(description: "\($0)") }
    }

    /// The names of the themes that can be found.
    static func names(_ environment: [String: String]) -> [String] {
        let files = folders(environment).flatMap { folder in
            (try? FileManager.default.contentsOfDirectory(at: folder, includingPropertiesForKeys: nil)) ?? []
        }
        return Set(files.filter { $0.pathExtension == "yaml" }.map { $0.deletingPathExtension().lastPathComponent })
            .sorted()
    }

    private struct Scheme: Decodable {
        var name: String?
        var scheme: String?
        var palette: [String: String]?
    }

    static func read(_ file: URL) throws -> Base16 {
        do {
            let text = try String(contentsOf: file, encoding: .utf8)
            let scheme = try YAMLDecoder().decode(Scheme.self, from: text)
            // Older files have the colours beside the name.
            let palette = try scheme.palette ?? YAMLDecoder().decode([String: String].self, from: text)
            let name = scheme.name ?? scheme.scheme ?? file.lastPathComponent
            return try Base16(name: name, palette: palette)
        } catch let error as ThemeError {
            throw Failure("\(file.path): \(error.description)")
        } catch let error as DecodingError {
            throw Failure("\(file.path) is no base16 scheme file: \(error)")
        } catch {
            throw Failure("\(file.path) cannot be read: \(error.localizedDescription)")
        }
    }

    private static func find(_ name: String, _ environment: [String: String]) -> URL? {
        folders(environment).map { $0.appendingPathComponent(name + ".yaml") }
            .first { FileManager.default.fileExists(atPath: $0.path) }
    }

    /// The user's folder, the system's, and the one that the program was built beside.
    private static func folders(_ environment: [String: String]) -> [URL] {
        let home = environment["HOME"] ?? "/"
        let data = environment["XDG_DATA_HOME"].flatMap { $0.isEmpty ? nil : $0 } ?? home + "/.local/share"
        let shared = (environment["XDG_DATA_DIRS"].flatMap { $0.isEmpty ? nil : $0 } ?? "/usr/local/share:/usr/share")
            .split(separator: ":").map(String.init)
        let installed = ([data] + shared).map { URL(fileURLWithPath: $0).appendingPathComponent("treenity/themes") }
        return installed + built()
    }

    private static func built() -> [URL] {
        guard let program = try? FileManager.default.destinationOfSymbolicLink(atPath: "/proc/self/exe") else {
            return []
        }
        var folder = URL(fileURLWithPath: program).deletingLastPathComponent()
        for _ in 0..<5 {
            let themes = folder.appendingPathComponent("Themes")
            if FileManager.default.fileExists(atPath: folder.appendingPathComponent("Package.swift").path) {
                return [themes]
            }
            folder.deleteLastPathComponent()
        }
        return []
    }
}
