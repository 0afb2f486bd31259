public import TreenityProtocol
public import TreenityUI

/// What a user prefers: for all servers, or, in a profile, for one.
public struct Preferences: Sendable {
    /// Settings with the values that they are to have.
    private(set) var values: [(setting: Setting, value: Setting.Value)] = []
    /// Looks by the terminal's background, instead of one for all.
    public var themes: ThemePair?
    /// What keys mean.
    public var keys: [KeyAssignment] = []
    /// Subtrees whose patches are not shown at first.
    public var muted: [TreePath] = []
    /// Which patches are shown at first.
    public var filter: String?
    /// The name that the user's edits carry.
    public var user: String?
    /// Trees of more nodes are loaded in parts.
    public var lazyAbove: Int?

    /// No preferences.
    public init() {}

    mutating func prefer(_ value: Setting.Value, for setting: Setting) { values.append((setting, value)) }

    /// Changes the settings to what is preferred, and leaves the rest.
    public func apply(to settings: inout Settings) {
        // What does not fit was left out when it was read.
        for (setting, value) in values { try? setting.apply(value, to: &settings) }
        if values.contains(where: { $0.setting.name == "theme" }) { settings.themesByBackground = nil }
        if let themes { settings.themesByBackground = themes }
        settings.keys += keys
        settings.muted += muted
        if let filter { try? settings.filterFeed(filter) }
        if let user { settings.user = user }
        if let lazyAbove { settings.mostNodes = lazyAbove }
    }
}
