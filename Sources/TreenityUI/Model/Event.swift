public import TreenityProtocol
public import TreenityStore

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

/// What was found in this user's files.
public enum KeptEvent: Sendable {
    /// What can be undone and redone after an earlier run, under this epoch.
    case undo(UndoStack, epoch: String)
    /// What was copied last, by any client of this user; `nil`: that is not known.
    case register(Clipping?)
    /// Where an earlier run ended.
    case place(KeptPlace)
}

/// What happened on the connection to the server.
public enum ConnectionEvent: Sendable {
    /// Edits that an earlier run left: without an answer, with the epoch under which they were made, and refused.
    case restored([RestoredEdit], epoch: String?, refused: [RestoredRefusal])
    /// An attempt to connect has begun, counted from 1 since the last success.
    case connecting(attempt: Int)
    /// The connection stands; without a greeting the server speaks the bare protocol.
    case live(Welcome?)
    /// The server has not answered for a while; it may yet.
    case silent
    /// The connection is gone, or could not be made; the next attempt comes after so many milliseconds.
    case lost(reason: String, retryAfter: Int64)
    /// There will be no further attempt.
    case ended(reason: String)
    /// One chunk of the tree as it is.
    case snapshot(Snapshot)
    /// What was missed between two places in the order follows, instead of the tree as it is.
    case resumed(from: SequenceNumber, to: SequenceNumber)
    /// All patches up to here have come that we see.
    case reached(SequenceNumber)
    /// The tree as it is, from a server that speaks the bare protocol.
    case tree(JSONValue, seq: SequenceNumber?)
    /// Patches, in order.
    case patches([Patch])
    /// An edit was taken.
    case acknowledged(Acknowledgement)
    /// A frame was refused.
    case refused(id: String?, Refusal)
    /// An action has ended, and gave this.
    case result(id: String, JSONValue)
    /// Nodes that a search met; `more`: it met others.
    case found(id: String, [TreePath], more: Bool)
    /// Patches that changed what is at a path, newest first; `more`: there are older ones.
    case history(id: String, [HistoricalPatch], more: Bool)
    /// A message took so many milliseconds there and back.
    case latency(Int64)
    /// Who is there.
    case presence([Presence])
    /// Something odd that the user should know of.
    case problem(String)
}

/// What the interface asks of the world around it.
public enum Effect: Equatable, Sendable {
    /// Keep the patch until it is answered, and send it to the server, if that can be done now.
    case send(Patch)
    /// Send a patch that was sent before, and perhaps arrived.
    case sendAgain(Patch)
    /// As ``send(_:)``, all patches or none.
    case sendBatch(id: String, [Patch])
    /// As ``sendAgain(_:)``, all patches or none.
    case sendBatchAgain(id: String, [Patch])
    /// An edit that was refused is of no interest any more.
    case drop(id: String)
    /// Keep what can be undone and redone under this epoch over the end of the program.
    case keepUndo(UndoStack, epoch: String)
    /// Keep where the user is in this server's tree.
    case keepPlace(KeptPlace)
    /// Keep what was copied, for other clients of this user too.
    case keepRegister(Clipping)
    /// Ask for what was copied last, by any client of this user.
    case readRegister
    /// An edit will have no answer: it need not be kept any longer.
    case forget(id: String)
    /// Ask for a part of the tree and all that happens in it, over this connection and all that follow.
    case subscribe(Subscription)
    /// Ask for a part of the tree as it is, once.
    case fetch(Subscription)
    /// Ask the server for nodes by a piece of text.
    case find(FindQuery)
    /// Ask the server for what happened to a node.
    case askHistory(HistoryQuery)
    /// Tell others where the cursor is; `nil`: nowhere.
    case tellPresence(TreePath?)
    /// Write patches into a file that is not there yet, and say what became of it.
    case export(PatchExport)
    /// Ask no more for a part of the tree.
    case unsubscribe(String)
    /// Find the look of that name.
    case loadTheme(String)
    /// Keep drafts, or open the user's own editor.
    case editing(EditingEffect)
    /// Connect at once, whatever delay is running.
    case reconnect
    /// Put a text into the clipboard of whoever sits before the terminal.
    case copy(String)
    /// There is more to do: update again, soon, though nothing may have happened.
    case proceed
    /// Stop the program in favour of the shell.
    case suspend
    /// Draw everything anew.
    case redraw
    /// Have the mouse reported, or leave it to the terminal.
    case reportMouse(Bool)
    /// Make the terminal's sound.
    case bell
    /// End the program.
    case quit
}
