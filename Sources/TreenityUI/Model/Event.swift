public import TreenityProtocol

/// What happened, as far as the interface is concerned.
public enum Event: Sendable {
    /// Something came from the terminal.
    case terminal(TerminalEvent)
    /// It is this time now. Comes before the events of each batch, and when the screen shows something that ages.
    case clock(Timestamp)
    /// Something came from the connection.
    case connection(ConnectionEvent)
    /// So many patches were written to a file, or none, for this reason.
    case exported(file: String, count: Int, problem: String?)
    /// Something that was kept in a file has been read.
    case kept(KeptEvent)
    /// Something came of what editing asked for.
    case editing(EditingEvent)
    /// A look that was asked for was found, or was not.
    case theme(String, Result<Theme, Setting.Problem>)
}
