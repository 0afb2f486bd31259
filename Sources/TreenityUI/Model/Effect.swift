public import TreenityProtocol
public import TreenityStore

/// What the interface asks of the world around it, by who does it.
public enum Effect: Equatable, Sendable {
    /// Something on the connection, or with the edits that it carries.
    case network(NetworkEffect)
    /// Something before the eyes of the user.
    case terminal(TerminalEffect)
    /// Something in this user's files about where they are and what they did.
    case state(StateEffect)
    /// Keep these drafts, and no others, so that they outlive the program.
    case keepDrafts([Draft])
    /// Let the user edit a text in the editor of their choice, and give the terminal to it.
    case openExternally(ExternalEdit)
    /// Write patches into a file that is not there yet, and say what became of it.
    case export(PatchExport)
    /// Find the look of that name.
    case loadTheme(String)
    /// There is more to do: update again, soon, though nothing may have happened.
    case proceed
    /// End the program.
    case quit
}

/// What is asked of the connection to the server, and of what keeps edits until they are answered.
public enum NetworkEffect: Equatable, Sendable {
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
    /// An edit will have no answer: it need not be kept any longer.
    case forget(id: String)
    /// Ask for a part of the tree and all that happens in it, over this connection and all that follow.
    case subscribe(Subscription)
    /// Ask no more for a part of the tree.
    case unsubscribe(String)
    /// Ask for a part of the tree as it is, once.
    case fetch(Subscription)
    /// Ask the server for nodes by a piece of text.
    case find(FindQuery)
    /// Ask the server for what happened to a node.
    case askHistory(HistoryQuery)
    /// Tell others where the cursor is; `nil`: nowhere.
    case tellPresence(TreePath?)
    /// Connect at once, whatever delay is running.
    case reconnect
}

/// What is asked of the terminal.
public enum TerminalEffect: Equatable, Sendable {
    /// Put a text into the clipboard of whoever sits before the terminal.
    case copy(String)
    /// Stop the program in favour of the shell.
    case suspend
    /// Draw everything anew.
    case redraw
    /// Have the mouse reported, or leave it to the terminal.
    case reportMouse(Bool)
}

/// What is asked of the files that outlive the program.
public enum StateEffect: Equatable, Sendable {
    /// Keep what can be undone and redone under this epoch over the end of the program.
    case keepUndo(UndoStack, epoch: String)
    /// Keep where the user is in this server's tree.
    case keepPlace(KeptPlace)
    /// Keep what was copied, for other clients of this user too.
    case keepRegister(Clipping)
    /// Ask for what was copied last, by any client of this user.
    case readRegister
}
