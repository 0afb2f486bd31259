import TreenityProtocol
import TreenityTerminal
import TreenityUI

/// The one loop that owns the model and the terminal: it takes all events at hand, lets the model digest them, performs
/// the effects, and draws once.
@MainActor
final class Loop {
    private var model: Model
    private let inbox: Inbox
    private let performers: Performers
    private let editor: ExternalEditor
    private var lastDrawn = Timestamp(milliseconds: 0)

    /// Between two pictures of what others change; a key is answered at once.
    private static let frameTime: Int64 = 33

    init(_ model: Model, inbox: Inbox, _ performers: Performers, _ editor: ExternalEditor) {
        self.model = model
        self.inbox = inbox
        self.performers = performers
        self.editor = editor
    }

    /// Draws what there is before anything has happened.
    func drawFirst(on terminal: Terminal) {
        _ = model.update([.clock(WallClock.now), .terminal(.resized(terminal.size))])
        terminal.reportsMouse = model.usesMouse
        draw(on: terminal)
    }

    /// Runs until the user quits or the terminal goes away.
    func run(on terminal: Terminal) async {
        await withTaskGroup { group in
            await run(on: terminal, &group)
            // The user's own editor, if one runs.
            group.cancelAll()
        }
        // What it had saved until then.
        for case .keepDrafts(let drafts) in model.update(inbox.takeAtHand()) { performers.drafts.keep(drafts) }
    }

    private func run(on terminal: Terminal, _ group: inout TaskGroup<Void>) async {
        let alarm = Alarm { [inbox] in inbox.wake() }
        var isDirty = false
        while !Task.isCancelled {
            let now = WallClock.now
            let untilFrame = Loop.frameTime - (now.milliseconds - lastDrawn.milliseconds)
            alarm.set(milliseconds: isDirty ? untilFrame : untilWake(now))
            let events = await inbox.take()
            let effects = model.update([.clock(WallClock.now)] + events)
            for effect in effects { perform(effect, on: terminal, &group) }
            if effects.contains(.quit) { return }
            // What has happened meanwhile comes first: this waits behind it in the main queue.
            if effects.contains(.proceed) { await Task.yield() }
            isDirty = true
            let elapsed = WallClock.now.milliseconds - lastDrawn.milliseconds
            guard elapsed < 0 || elapsed >= Loop.frameTime || events.contains(where: \.isFromTerminal) else { continue }
            draw(on: terminal)
            isDirty = false
        }
    }

    private func draw(on terminal: Terminal) {
        terminal.present(model.view())
        lastDrawn = WallClock.now
    }

    /// The clock and the ages on the screen go on by seconds.
    private func untilWake(_ now: Timestamp) -> Int64 {
        let tick = 1_000 - now.milliseconds % 1_000
        return model.wakesAt.map { min(tick, max(0, $0.milliseconds - now.milliseconds)) } ?? tick
    }

    /// Gives the terminal to the user's own editor; what others do goes on coming in meanwhile.
    private func open(_ edit: ExternalEdit, on terminal: Terminal) async {
        let outcome = await terminal.withSuspendedTerminal { await editor.edit(edit) }
        inbox.post([.editing(.externalEditorEnded(id: edit.id, outcome))])
    }

    private func perform(_ effect: Effect, on terminal: Terminal, _ group: inout TaskGroup<Void>) {
        switch effect {
        case .network(let effect): performers.network.perform(effect)
        case .terminal(let effect): terminal.perform(effect)
        case .state(let effect): performers.state.perform(effect)
        case .keepDrafts(let drafts): performers.drafts.keep(drafts)
        case .openExternally(let edit): group.addTask { await self.open(edit, on: terminal) }
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
