import TreenityProtocol
public import TreenityYAML

/// The actions of a server, and where in the tree they are: a YAML file.
///
/// ```yaml
/// - path: tree/printers/*/print
///   http:
///     url: https://printing.example/jobs
///     headers: { Authorization: Bearer abc }
///     timeout: 10
///     max-reply-bytes: 1048576
///   grants:
///     tree/printers: rw
///   user: printing
///
/// - path: tree/**/report
///   command:
///     argv: [/usr/bin/make-report, --json]
///     directory: /srv/reports
///     environment: { LANG: C.UTF-8 }
///     timeout: 60
///     max-output-bytes: 1048576
/// ```
///
/// - `path`: a ``PathPattern``. Where several match, the first of the file counts.
/// - `http`: a POST of `{"path":…,"value":…,"user":…}` to `url`, or
/// - `command`: a program with its arguments, run without a shell, with the same JSON as standard input. A program without
///   a slash is looked for in `PATH`. Without `directory` it runs in a new one that is removed afterwards; its environment
///   is `PATH` and what stands here.
/// - `timeout`: in seconds, 10 where it is absent. `max-…-bytes`: how long the reply may be, 1 MiB where it is absent.
/// - `grants`: what the reply's patches may do, a path and `r`, `w`, `x` a line; without it, nothing.
/// - `user`: as whom they are made; without it, as whoever ran the action.
public struct ActionFile: Hashable, Sendable {
    private let entries: [Entry]

    struct Entry: Hashable, Sendable {
        let pattern: PathPattern
        let action: Action
    }

    /// No actions but those that every server has.
    public static let empty = ActionFile(entries: [])

    /// Reads the text of a file.
    ///
    /// - Throws: ``YAMLFileError`` about the first line that is wrong.
    public init(parsing text: String) throws(YAMLFileError) {
        self.init(entries: try ActionFileReader(text).entries())
    }

    private init(entries: [Entry]) {
        self.entries = entries
    }

    /// The first action whose pattern matches a path.
    func action(at path: TreePath) -> Action? {
        let names = path.names
        return entries.first { $0.pattern.matches(names) }?.action
    }
}
