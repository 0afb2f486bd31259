public import TreenityYAML

/// What the user's configuration file says.
public struct Configuration: Sendable {
    /// What is preferred everywhere.
    public var preferences = Preferences()
    /// The servers that have a name, in the order of the file.
    public var profiles: [Profile] = []
    /// The profile to use where none is named.
    public var defaultProfile: String?

    /// A configuration that says nothing.
    public init() {}

    /// Reads a file's text. What is wrong is left out and said; the rest counts.
    ///
    /// - Parameter themes: where the themes that it names are looked for; `nil`: they are not.
    public static func parse(
        _ text: String, themes: ThemeFiles? = nil
    ) -> (configuration: Configuration, problems: [YAMLFileError]) {
        var reader = ConfigurationReader(themes: themes)
        let configuration = reader.configuration(text)
        return (configuration, reader.problems)
    }

    /// The profile of that name; `nil`: there is none.
    public func profile(_ name: String) -> Profile? { profiles.first { $0.name == name } }
}
