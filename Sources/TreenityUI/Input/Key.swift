/// One key press, as the interface knows it: free of any terminal's codes.
public enum Key: Hashable, Sendable {
    /// A key that types something, space included; with Shift it is another character.
    case character(Character)
    /// Control with a lower-case letter or one of `@ \ ] ^ _`; those that have a name below come under that.
    case control(Character)
    /// Alt with a character; the same bytes come from Escape and a character typed at once.
    case alt(Character)
    /// The key that ends a line.
    case enter
    /// Escape, pressed alone.
    case escape
    /// Tab, and Tab with Shift.
    case tab, backTab
    /// Deletes to the left, and to the right.
    case backspace, delete
    /// The arrows.
    case up, down, left, right
    /// The arrows to the sides, and Backspace, with Control or Alt: by words.
    case wordLeft, wordRight, wordBackspace
    /// The block above the arrows.
    case home, end, pageUp, pageDown, insert
    /// F1 to F12.
    case function(Int)
}
