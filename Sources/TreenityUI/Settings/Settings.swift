public import TreenityProtocol

/// What the interface is told at the start; what of it can be changed while it runs is listed in ``Setting/all``.
public struct Settings: Sendable {
    /// The server's address, as the status line shows it.
    public var address: String
    /// Whether nobody checks that the server is the one that it is taken for.
    public var isUnverified: Bool
    /// The name that the user's edits carry.
    public var user: String
    /// Makes the `id`s of this run's edits unlike all others; at most 40 bytes.
    public var idPrefix: String
    /// Seconds by which the local time is ahead of UTC.
    public var utcOffset: Int64
    /// How things look.
    public var theme: Theme
    /// The name of that look.
    public var themeName = "terminal"
    /// The names of the looks that can be had.
    public var themeNames = [ThemePair.terminal.dark, ThemePair.terminal.light]
    /// The names of the looks for dark and for light backgrounds, where the terminal's decides.
    public var themesByBackground: ThemePair? = .terminal
    /// How the tree's cursor is shown.
    public var cursor = CursorMark.name
    /// The signs to draw with.
    public var glyphs: Glyphs
    /// Where to stand at first.
    public var start: TreePath
    /// Properties that tell most about a node, in the order in which a row shows them.
    public var tellingProperties: [String]
    /// Trees of more nodes than that are loaded in parts, as they are unfolded.
    public var mostNodes: Int
    /// Subtrees whose patches are not shown in the feed until the user asks for them.
    public var muted: [TreePath]
    /// What keys mean instead of what they mean by themselves.
    public var keys: [KeyAssignment]
    /// The order of children at first.
    public var order = ChildOrder.natural
    /// Whether properties are rows of the outline.
    public var showsProperties = false
    /// Whether clicks and the wheel act on the interface; else the terminal keeps them for its own selection.
    public var usesMouse = true
    /// How the feed tells when a patch came.
    public var timeFormat = TimeFormat.clock
    /// Whether the time of day is shown. Without it, nothing is written while nothing happens.
    public var showsClock = true
    /// What the feed shows at first; `nil`: all.
    var feedFilter: FeedFilter?
    /// Whether others are told where the cursor is.
    public var tellsPresence = true
    /// How far the user is kept from changing the tree.
    public var protection = Protection.open
    /// Whether what can be undone is to outlive the program.
    public var keepsUndo = false
    /// Whether the place in the tree is to be found again at the next start.
    public var keepsPlace = false

    /// Settings of these parts.
    public init(
        address: String, isUnverified: Bool = false, user: String, idPrefix: String, utcOffset: Int64 = 0,
        theme: Theme = .terminal, glyphs: Glyphs = .unicode, start: TreePath = .root,
        tellingProperties: [String] = Settings.telling, mostNodes: Int = 200_000, muted: [TreePath] = [],
        keys: [KeyAssignment] = []
    ) {
        self.address = address
        self.isUnverified = isUnverified
        self.user = user
        self.idPrefix = idPrefix
        self.utcOffset = utcOffset
        self.theme = theme
        self.glyphs = glyphs
        self.start = start
        self.tellingProperties = tellingProperties
        self.mostNodes = mostNodes
        self.muted = muted
        self.keys = keys
    }

    /// The properties that a row shows if nothing else is asked for.
    public static let telling = ["name", "title", "label", "status", "state", "value"]
}

extension Settings {
    /// Has the feed show at first what a filter lets through, written as it is typed there.
    public mutating func filterFeed(_ text: String) throws(Setting.Problem) {
        do throws(FeedFilterError) {
            feedFilter = try FeedFilter.parse(text)
        } catch {
            throw Setting.Problem(description: error.text)
        }
    }
}
