import TreenityProtocol
import TreenityUI
import TreenityYAML
import Yams

/// Makes a configuration of YAML. What is wrong is written down with its line, and reading goes on behind it.
struct ConfigurationReader {
    private let themes: ThemeFiles?
    private(set) var problems: [YAMLFileError] = []

    /// - Parameter themes: `nil`: themes are taken at their names.
    init(themes: ThemeFiles?) {
        self.themes = themes
    }

    mutating func configuration(_ text: String) -> Configuration {
        var configuration = Configuration()
        guard let root = parse(text) else { return configuration }
        for (key, value) in members(root, of: "the configuration") {
            switch ConfigurationKey(rawValue: key.string) {
            case .profiles: configuration.profiles = profiles(value)
            case .profile: configuration.defaultProfile = self.text(value, key.string)
            case .keys, .mute, .filter, .user, .lazyAbove, nil:
                guard !readPreference(key, value, into: &configuration.preferences) else { break }
                let known = Setting.all.map(\.name) + ConfigurationKey.allCases.map(\.rawValue)
                report(key, "“\(key.string)” means nothing here; there are \(known.joined(separator: ", "))")
            }
        }
        if let name = configuration.defaultProfile, configuration.profile(name) == nil {
            report(
                nil, "profile: there is no profile “\(name)”; profiles has \(list(configuration.profiles.map(\.name)))")
            configuration.defaultProfile = nil
        }
        return configuration
    }

    private mutating func parse(_ text: String) -> Node? {
        do {
            return try Node.parse(text)
        } catch {
            problems.append(error)
            return nil
        }
    }

    // MARK: Profiles

    private mutating func profiles(_ node: Node) -> [Profile] {
        members(node, of: "profiles").compactMap { key, value in profile(key, value) }
    }

    private mutating func profile(_ name: Node.Scalar, _ node: Node) -> Profile? {
        let owner = "the profile “\(name.string)”"
        var profile = Profile(name: name.string)
        for (key, value) in members(node, of: owner) {
            if let known = ProfileKey(rawValue: key.string) {
                read(known, value, into: &profile)
            } else if !readPreference(key, value, into: &profile.preferences) {
                let known =
                    ProfileKey.allCases.map(\.rawValue) + Setting.all.map(\.name)
                    + ConfigurationKey.preferences.map(\.rawValue)
                report(key, "\(owner): “\(key.string)” means nothing here; there are \(known.joined(separator: ", "))")
            }
        }
        guard !profile.url.isEmpty else {
            report(name, "\(owner) has no url; write url: wss://HOST:PORT")
            return nil
        }
        return profile
    }

    private mutating func read(_ key: ProfileKey, _ node: Node, into profile: inout Profile) {
        guard let text = text(node, key.rawValue) else { return }
        switch key {
        case .url: profile.url = text
        case .guarding:
            guard let guarding = Profile.Guarding(rawValue: text) else {
                let allowed = Profile.Guarding.allCases.map(\.rawValue)
                return report(node, "guard is one of \(list(allowed)); not “\(text)”")
            }
            profile.guarding = guarding
        case .tokenFile: profile.tokenFile = text
        case .authorities: profile.authorities = text
        case .certificate: profile.certificate = text
        case .key: profile.key = text
        case .serverName: profile.serverName = text
        }
    }

    // MARK: Values

    /// The members of a mapping, in the order of the file.
    mutating func members(_ node: Node, of owner: String) -> [(key: Node.Scalar, value: Node)] {
        // A key with nothing behind it is a mapping of nothing.
        if case .scalar(let scalar) = node, scalar.string.isEmpty { return [] }
        guard case .mapping(let mapping) = node else {
            report(node, "\(owner): here are to be keys with values, as “key: value”")
            return []
        }
        return mapping.compactMap { key, value in
            guard let scalar = key.scalar else {
                report(key, "\(owner): a key has to be a text")
                return nil
            }
            return (scalar, value)
        }
    }

    mutating func text(_ node: Node, _ name: String) -> String? {
        guard let text = node.scalar?.string, !text.isEmpty else {
            report(node, "\(name): here is to be a text")
            return nil
        }
        return text
    }

    /// Whether a theme can be had.
    mutating func check(theme name: String, _ node: Node) {
        do throws(ThemeFileError) {
            _ = try themes?.theme(name)
        } catch {
            report(node, "theme: \(error.description)")
        }
    }

    func list(_ words: [String]) -> String { words.isEmpty ? "none" : words.joined(separator: ", ") }

    mutating func report(_ node: Node?, _ reason: String) {
        problems.append(YAMLFileError(node?.line, reason))
    }

    mutating func report(_ scalar: Node.Scalar, _ reason: String) {
        problems.append(YAMLFileError(scalar.mark?.line, reason))
    }
}
