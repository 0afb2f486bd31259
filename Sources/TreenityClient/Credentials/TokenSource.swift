/// Where a token may come from.
public enum TokenSource: Hashable, Sendable {
    /// A file: see ``TokenFile``.
    case file(String)
    /// The variable `TREENITY_TOKEN`; empty is as if it were not there.
    case environment
    /// The user, who is asked for it: see ``TokenPrompt``.
    case prompt

    /// The variable of the environment.
    public static let variable = "TREENITY_TOKEN"

    /// Where to look, in order: what the user said on the command line (a file, or that there is to be a question), then
    /// the environment, then the file of the settings.
    public static func order(file: String?, asks: Bool, settingsFile: String? = nil) -> [TokenSource] {
        (file.map { [.file($0)] } ?? []) + (asks ? [.prompt] : []) + [.environment]
            + (settingsFile.map { [.file($0)] } ?? [])
    }

    /// The token of the first source that has one; `nil`: none has.
    ///
    /// - Parameters:
    ///   - sources: In the order in which they are looked at; none behind the first that has one is.
    ///   - read: Reads a file.
    ///   - ask: Asks the user.
    public static func token(
        from sources: [TokenSource], environment: [String: String],
        read: (String) throws(TokenError) -> Token, ask: () throws(TokenError) -> Token
    ) throws(TokenError) -> Token? {
        for source in sources {
            switch source {
            case .file(let path): return try read(path)
            case .prompt: return try ask()
            case .environment:
                guard let text = environment[variable], !text.isEmpty else { continue }
                do {
                    return try Token(text)
                } catch {
                    throw TokenError("\(variable): \(error.description)")
                }
            }
        }
        return nil
    }
}
