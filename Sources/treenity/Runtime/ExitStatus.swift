import TreenityTerminal

/// What the program ends with, by cause; the numbers of sysexits.h, as far as it has them.
enum ExitStatus {
    /// Something went wrong; what, was said.
    static let failure: Int32 = 1
    /// Some data could not be read, and the rest was written.
    static let partial: Int32 = 2
    /// The command line is wrong.
    static let usage: Int32 = 64
    /// There is no terminal, or one that cannot show a full screen.
    static let terminal: Int32 = 69
    /// The configuration is wrong.
    static let configuration: Int32 = 78
}

extension TerminalError {
    /// What to do instead, where a terminal is missing.
    static let advice = """
        Without a full screen, “curl http://HOST:PORT/tree” and “treenity export --data FILE” give a tree as JSON.
        """
}
