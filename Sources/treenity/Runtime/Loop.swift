import TreenityProtocol
import TreenityTerminal
import TreenityUI

/// The one loop that owns the model and the terminal: at each turn it takes all events at hand, lets the model digest
/// them, performs the effects, and draws once.
///
/// Its turns run on the main queue, where keys arrive, too: no other thread comes between a key and the picture.
@MainActor
final class Loop {
    private var model: Model
    private let terminal: Terminal
    private let inbox: Inbox
    private let performers: Performers
    private let editor: ExternalEditor
    private let alarm: Alarm
    private let (edits, edit) = AsyncStream.makeStream(of: ExternalEdit.self)
    private var lastDrawn = Timestamp(milliseconds: 0)
    private var isDirty = false

    /// Between two pictures of what others change; a key is answered at once.
    private static let frameTime: Int64 = 33

    init(_ model: Model, on terminal: Terminal, inbox: Inbox, _ performers: Performers, _ editor: ExternalEditor) {
        self.model = model
        self.terminal = terminal
        self.inbox = inbox
        self.performers = performers
        self.editor = editor
        alarm = Alarm { [inbox] in inbox.wake() }
    }

    /// Runs until the user quits or the terminal goes away.
    func run() async {
        setAlarm()
        inbox.startReading { [self] in turn() }
        await withTaskGroup { group in
            for await edit in edits { group.addTask { await self.open(edit) } }
            // The user's own editor, if one runs.
            group.cancelAll()
        }
        // What it had saved until then.
        for case .keepDrafts(let drafts) in model.update(inbox.close()) { performers.drafts.keep(drafts) }
    }

    private func turn() {
        // What others do waits for the next picture: a burst of it is digested and drawn once.
        guard inbox.isPressing || isDue else { return alarm.set(nextPicture) }
        let events = inbox.take()
        let effects = model.update([.clock(WallClock.now)] + events)
        for effect in effects { perform(effect) }
        if effects.contains(.quit) {
            inbox.stopReading()
            return edit.finish()
        }
        isDirty = true
        if isDue || events.contains(where: \.isFromTerminal) { draw() }
        setAlarm()
    }

    private func draw() {
        terminal.present(model.view())
        lastDrawn = WallClock.now
        isDirty = false
    }

    private var nextPicture: Timestamp { Timestamp(milliseconds: lastDrawn.milliseconds + Loop.frameTime) }

    private var isDue: Bool {
        let now = WallClock.now
        return now >= nextPicture || now < lastDrawn
    }

    /// For the next picture, or as the clock and the ages on the screen go on by seconds.
    private func setAlarm() {
        let now = WallClock.now.milliseconds
        let tick = Timestamp(milliseconds: now - now % 1_000 + 1_000)
        alarm.set(isDirty ? nextPicture : min(tick, model.wakesAt ?? tick))
    }

    /// Gives the terminal to the user's own editor; what others do goes on coming in meanwhile.
    private func open(_ edit: ExternalEdit) async {
        let outcome = await terminal.withSuspendedTerminal { await editor.edit(edit) }
        inbox.post([.editing(.externalEditorEnded(id: edit.id, outcome))])
    }

    private func perform(_ effect: Effect) {
        switch effect {
        case .network(let effect): performers.network.perform(effect)
        case .terminal(let effect): terminal.perform(effect)
        case .state(let effect): performers.state.perform(effect)
        case .keepDrafts(let drafts): performers.drafts.keep(drafts)
        case .openExternally(let edit): self.edit.yield(edit)
        case .export(let export): performers.exporter.export(export)
        case .loadTheme(let name): inbox.post([.theme(name, Themes.find(name))])
        case .proceed: inbox.wake()
        // Ends the loop, when all else of the batch is done.
        case .quit: break
        }
    }
}

extension Terminal {
    fileprivate func perform(_ effect: TerminalEffect) {
        switch effect {
        case .copy(let text): copy(text)
        case .suspend: suspend()
        case .redraw: redraw()
        case .reportMouse(let reports): reportsMouse = reports
        }
    }
}

extension Event {
    /// What is answered at once.
    fileprivate var isFromTerminal: Bool {
        switch self {
        case .terminal: true
        case .clock, .connection, .kept, .theme, .exported: false
        case .editing: true
        }
    }
}
