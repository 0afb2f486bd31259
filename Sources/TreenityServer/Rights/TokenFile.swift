public import TreenityYAML

/// The people who may come in, and what they may do: a YAML file.
///
/// ```yaml
/// - sha256: 9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08
///   user: ann
///   grants:
///     tree: r
///     tree/spaces: rwx
///   expires: 2027-01-31
///   comment: ann's laptop
/// ```
///
/// `grants` may also be a list (`- tree/spaces: rw`). `r` is for seeing, `w` for changing, `x` for running actions; none
/// implies another. Where grants overlap, all that any of them allows is allowed. `expires` and `comment` may be absent.
/// A user may have several tokens, with rights of their own.
public struct TokenFile: Hashable, Sendable {
    /// In the order of the file.
    public let entries: [TokenEntry]

    /// A file of these entries, whose tokens are all different; by default of none: nobody may come in.
    init(_ entries: [TokenEntry] = []) {
        self.entries = entries
    }

    /// Reads the text of a file.
    ///
    /// - Throws: ``YAMLFileError`` about the first line that is wrong.
    public init(parsing text: String) throws(YAMLFileError) {
        entries = try TokenFileReader(text).entries()
    }
}
