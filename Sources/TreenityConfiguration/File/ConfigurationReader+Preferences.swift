import TreenityProtocol
import TreenityUI
import Yams

extension ConfigurationReader {
    /// Reads what may stand in the file itself and in a profile.
    ///
    /// - Returns: whether the key is one of those.
    mutating func readPreference(
        _ key: Node.Scalar, _ node: Node, into preferences: inout Preferences
    ) -> Bool {
        if let setting = Setting.named(key.string) {
            if setting.name == "theme", node.mapping != nil {
                readThemes(node, into: &preferences)
            } else {
                read(setting, node, into: &preferences)
                if setting.name == "theme", let name = node.scalar?.string { check(theme: name, node) }
            }
            return true
        }
        switch ConfigurationKey(rawValue: key.string) {
        case .keys: readKeys(node, into: &preferences)
        case .mute: preferences.muted += texts(node, "mute").compactMap { path($0) }
        case .filter: readFilter(node, into: &preferences)
        case .user: preferences.user = text(node, "user")
        case .lazyAbove: preferences.lazyAbove = number(node, "lazy-above")
        case .profile, .profiles, nil: return false
        }
        return true
    }

    private mutating func read(_ setting: Setting, _ node: Node, into preferences: inout Preferences) {
        do throws(Setting.Problem) {
            let value: Setting.Value
            switch node {
            case .scalar(let scalar): value = try setting.value(of: scalar.string)
            case .sequence: value = .words(texts(node, setting.name).map(\.text))
            case .mapping, .alias:
                return report(node, "\(setting.name): here is to be a value, as “\(setting.name): …”")
            }
            var tried = Settings(address: "", user: "", idPrefix: "")
            try setting.apply(value, to: &tried)
            preferences.prefer(value, for: setting)
        } catch {
            report(node, error.description)
        }
    }

    private mutating func readThemes(_ node: Node, into preferences: inout Preferences) {
        var names: [String: String] = [:]
        for (key, value) in members(node, of: "theme") {
            guard key.string == "dark" || key.string == "light" else {
                report(key, "theme: “\(key.string)” means nothing here; there are dark, light")
                continue
            }
            names[key.string] = text(value, "theme")
            if let name = names[key.string] { check(theme: name, value) }
        }
        guard let dark = names["dark"], let light = names["light"] else {
            return report(node, "theme has to name both looks: {dark: NAME, light: NAME}")
        }
        preferences.themes = ThemePair(dark: dark, light: light)
    }

    private mutating func readKeys(_ node: Node, into preferences: inout Preferences) {
        for (key, value) in members(node, of: "keys") {
            guard let command = text(value, "keys: \(key.string)") else { continue }
            do throws(KeyError) {
                preferences.keys += try KeyAssignment.parse(keys: key.string, command: command)
            } catch {
                report(key, "keys: \(error)")
            }
        }
    }

    private mutating func readFilter(_ node: Node, into preferences: inout Preferences) {
        guard let filter = text(node, "filter") else { return }
        do throws(Setting.Problem) {
            var tried = Settings(address: "", user: "", idPrefix: "")
            try tried.filterFeed(filter)
            preferences.filter = filter
        } catch {
            report(node, "filter: \(error)")
        }
    }

    // MARK: Values

    private mutating func texts(_ node: Node, _ name: String) -> [(text: String, node: Node)] {
        switch node {
        case .scalar(let scalar): return scalar.string.isEmpty ? [] : [(scalar.string, node)]
        case .sequence(let list): return list.compactMap { element in text(element, name).map { ($0, element) } }
        case .mapping, .alias:
            report(node, "\(name): here is to be a list, as [a, b]")
            return []
        }
    }

    private mutating func path(_ place: (text: String, node: Node)) -> TreePath? {
        do throws(PathError) {
            return try TreePath(parsing: place.text)
        } catch {
            report(place.node, "mute: \(error)")
            return nil
        }
    }

    private mutating func number(_ node: Node, _ name: String) -> Int? {
        guard let number = node.scalar.flatMap({ Int($0.string) }), number >= 0 else {
            report(node, "\(name) is a number from 0 on, not “\(node.scalar?.string ?? "a list")”")
            return nil
        }
        return number
    }
}
