import TreenityProtocol
import TreenityTerminal
import TreenityUI

/// The one loop that owns the model and the terminal: it takes all events at hand, lets the model digest them, performs
/// the effects, and draws once.
@MainActor
final class Loop {
    private var model: Model
    private let inbox: Inbox
    private let perform: (Effect) -> Void
    private var lastDrawn = Timestamp(milliseconds: 0)

    /// Between two pictures of what others change; a key is answered at once.
    private static let frameTime: Int64 = 33

    /// - Parameter perform: does what the model asks of the network.
    init(_ model: Model, inbox: Inbox, perform: @escaping (Effect) -> Void) {
        self.model = model
        self.inbox = inbox
        self.perform = perform
    }

    /// Draws what there is before anything has happened.
    func drawFirst(on terminal: Terminal) {
        _ = model.update([.clock(WallClock.now), .terminal(.resized(terminal.size))])
        terminal.reportsMouse = model.usesMouse
        draw(on: terminal)
    }

    /// Runs until the user quits or the terminal goes away.
    func run(on terminal: Terminal) async {
        let alarm = Alarm { [inbox] in inbox.wake() }
        var isDirty = false
        while !Task.isCancelled {
            let now = WallClock.now
            let untilFrame = Loop.frameTime - (now.milliseconds - lastDrawn.milliseconds)
            alarm.set(milliseconds: isDirty ? untilFrame : untilTick(now))
            let events = await inbox.take()
            let effects = model.update([.clock(WallClock.now)] + events)
            for effect in effects {
                if effect == .quit { return }
                perform(effect, on: terminal)
            }
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
    private func untilTick(_ now: Timestamp) -> Int64 { 1_000 - now.milliseconds % 1_000 }

    private func perform(_ effect: Effect, on terminal: Terminal) {
        switch effect {
        case .suspend: terminal.suspend()
        case .redraw: terminal.redraw()
        case .bell: terminal.bell()
        case .copy(let text): terminal.copy(text)
        case .proceed: inbox.wake()
        case .loadTheme(let name): inbox.post([.theme(name, Themes.find(name))])
        case .reportMouse(let reports): terminal.reportsMouse = reports
        case .send, .sendAgain, .sendBatch, .sendBatchAgain, .drop, .forget, .subscribe, .fetch, .find, .unsubscribe,
            .reconnect, .quit, .askHistory, .tellPresence, .export, .keepUndo, .keepRegister, .readRegister:
            perform(effect)
        }
    }
}

extension Event {
    fileprivate var isFromTerminal: Bool {
        switch self {
        case .terminal: true
        case .clock, .connection, .kept, .theme, .exported: false
        }
    }
}
