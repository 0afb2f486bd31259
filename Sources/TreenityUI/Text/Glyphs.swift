/// The signs that the interface draws with, for terminals with and without UTF-8.
public struct Glyphs: Hashable, Sendable {
    /// Fold markers.
    public var folded, unfolded, loading: String
    /// Lines: horizontal, vertical, corners, and where they meet.
    public var horizontal, vertical, topLeft, topRight, bottomLeft, bottomRight: String
    /// Where a line ends at another one.
    public var leftTee, rightTee, topTee, bottomTee: String
    /// Marks of changes and states.
    public var added, edited, moved, deleted, executed, failed, pending, marked: String
    /// Connection states, direction of traffic, following and arrows.
    public var live, offline, incoming, arrow, more: String
    /// What stands for the part of a text that was cut off, and for no value.
    public var ellipsis: Character
    /// Stands between things of one kind.
    public var dot, dash: String
    /// How often; the screen stands still; somebody else's cursor.
    public var times, frozen, somebody: String
    /// The heights of a small chart, from nothing on; empty where there are no signs for it.
    public var heights: [String]

    /// For terminals with UTF-8.
    public static let unicode = Glyphs(
        folded: "▸", unfolded: "▾", loading: "◌", horizontal: "─", vertical: "│", topLeft: "┌", topRight: "┐",
        bottomLeft: "└",
        bottomRight: "┘", leftTee: "├", rightTee: "┤", topTee: "┬", bottomTee: "┴", added: "+", edited: "~",
        moved: "»", deleted: "✗", executed: "!", failed: "!", pending: "…", marked: "▪", live: "●", offline: "○",
        incoming: "↓",
        arrow: "→", more: "▼", ellipsis: "…", dot: "·", dash: "—", times: "×", frozen: "❄", somebody: "◂",
        heights: [" ", "▁", "▂", "▃", "▄", "▅", "▆", "▇", "█"])

    /// For terminals without.
    public static let ascii = Glyphs(
        folded: ">", unfolded: "v", loading: ".", horizontal: "-", vertical: "|", topLeft: "+", topRight: "+",
        bottomLeft: "+",
        bottomRight: "+", leftTee: "+", rightTee: "+", topTee: "+", bottomTee: "+", added: "+", edited: "~",
        moved: ">", deleted: "x", executed: "!", failed: "!", pending: "?", marked: "#", live: "*", offline: "o",
        incoming: "v",
        arrow: "->", more: "v", ellipsis: "~", dot: ".", dash: "-", times: "x", frozen: "=", somebody: "<", heights: [])
}
