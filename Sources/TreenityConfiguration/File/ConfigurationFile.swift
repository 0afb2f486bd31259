import Foundation
public import TreenityYAML

/// The configuration file of a user, as far as it can be read.
public struct ConfigurationFile: Sendable {
    /// Where it is, or would be.
    public let path: String
    /// What it says; nothing where there is none.
    public let configuration: Configuration
    /// What is wrong with it.
    public let problems: [YAMLFileError]

    /// Reads the file that the environment names.
    ///
    /// - Parameter themes: as for ``Configuration/parse(_:themes:)``.
    public init(environment: [String: String], themes: ThemeFiles? = nil) {
        path = ConfigurationFile.path(environment: environment)
        guard FileManager.default.fileExists(atPath: path) else {
            (configuration, problems) = (Configuration(), [])
            return
        }
        do {
            (configuration, problems) = Configuration.parse(
                try String(contentsOfFile: path, encoding: .utf8), themes: themes)
        } catch {
            configuration = Configuration()
            problems = [YAMLFileError(nil, "cannot be read: \(error.localizedDescription)")]
        }
    }

    /// `$XDG_CONFIG_HOME/treenity/config.yaml`, else `~/.config/treenity/config.yaml`.
    public static func path(environment: [String: String]) -> String {
        let home = environment["HOME"] ?? "/"
        let folder = environment["XDG_CONFIG_HOME"].flatMap { $0.isEmpty ? nil : $0 } ?? home + "/.config"
        return folder + "/treenity/config.yaml"
    }

    /// What is wrong, each with file and line.
    public var complaints: [String] { problems.map { $0.description(in: path) } }
}
