internal import CNcurses
public import TreenityUI

extension Terminal {
    /// Takes the terminal, runs the body, and gives the terminal back as it was, however the body ends. A crash or an
    /// exit within the body gives it back, too.
    ///
    /// - Parameters:
    ///   - options: which terminal, and how.
    ///   - deliver: gets what comes from the terminal, in order, all that is there at once. It is called on the main
    ///     queue; from within a function of the terminal only by those that take it again after a suspension. Nothing
    ///     comes after the body.
    ///   - body: what uses the terminal.
    /// - Throws: ``TerminalError`` if the terminal cannot be used; what the body throws.
    public static func withTerminal<Value>(
        options: TerminalOptions,
        deliver: @escaping @MainActor ([TerminalEvent]) -> Void,
        body: @MainActor (Terminal) async throws -> Value
    ) async throws -> Value {
        guard !isInUse else { throw TerminalError.inUse }
        isInUse = true
        defer { isInUse = false }
        // Before ncurses, which would catch the signals that nobody has caught.
        let signals = try TerminalSignals()
        defer { signals.cancel() }
        let isUTF8 = cn_use_locale(options.prefersUTF8)
        try open(options)
        defer { cn_close() }
        let input = try TerminalInput(descriptor: options.input, decoder: KeyDecoder(table: keyTable()))
        defer { input.cancel() }

        let terminal = Terminal(options, isUTF8: isUTF8, input: input, deliver: deliver)
        signals.start { terminal.receive($0) }
        input.start(deliver: deliver) { terminal.end(.hangup) }
        terminal.hold()
        if cn_ask(options.asksForBackground) { terminal.asked = .now }
        defer { terminal.leave() }
        return try await body(terminal)
    }

    /// Gives the terminal to the shell and stops this process and its group, as the suspend key does elsewhere. Returns
    /// when the process is continued, with the terminal taken again and ``TerminalEvent/resumed`` delivered. Stops
    /// nothing where nobody could continue it.
    public func suspend() {
        let wasHeld = isHeld
        leave()
        cn_stop()
        if wasHeld { resume() }
    }

    /// Gives the terminal to another program while the body runs, and takes it again.
    public func withSuspendedTerminal<Value>(_ body: @MainActor () async throws -> Value) async rethrows -> Value {
        let wasHeld = isHeld
        leave()
        defer { if wasHeld { resume() } }
        return try await body()
    }

    // MARK: Holding

    private func hold() {
        isHeld = true
        cn_signals_catch_stop(true)
        cn_enter()
        if reportsMouse { cn_report_mouse(true) }
        input.resume()
    }

    private func leave() {
        guard isHeld else { return }
        isHeld = false
        input.pause()
        cn_leave(mayBeAnswering)
        cn_signals_catch_stop(false)
    }

    /// Whether an answer may be under way that the shell would get.
    private var mayBeAnswering: Bool {
        guard let asked, input.synchronizes == nil else { return false }
        return asked.duration(to: .now) < .seconds(1)
    }

    private func resume() {
        hold()
        let isResized = takeSize()
        if isResized { redraw() }
        // Of the time when the terminal was away, or answered by this.
        cn_signals_forget(SignalSet([.keyboard, .stop, .continuation]).rawValue)
        deliver(isResized ? [.resized(size), .resumed] : [.resumed])
    }

    private func receive(_ signals: SignalSet) {
        // The interrupt key of another program that has the terminal now reaches this process, too, and is not for it.
        let ending = isHeld ? signals.ending : signals.subtracting(.keyboard).ending
        if let ending { return end(.signal(ending)) }
        // Stopped by force, so that the shell has had the terminal meanwhile; or stopped and continued at once.
        if signals.contains(.continuation) {
            guard isHeld else { return }
            leave()
            resume()
        } else if signals.contains(.stop) {
            suspend()
        } else if signals.contains(.resize), isHeld, takeSize() {
            deliver([.resized(size)])
        }
    }

    private func end(_ reason: TerminalEnding) {
        guard ending == nil else { return }
        ending = reason
        deliver([.closed])
    }

    // MARK: Opening

    private static var isInUse = false

    private static func open(_ options: TerminalOptions) throws(TerminalError) {
        var problem = TerminalError.noType
        for type in options.types {
            switch cn_open(type, options.input, options.output) {
            case CN_TAKEN: return
            case CN_NOT_A_TERMINAL: problem = .notATerminal
            case CN_UNKNOWN_TYPE: problem = .unknownType(type)
            case CN_TOO_SIMPLE: problem = .tooSimple(type)
            default: problem = .outOfResources
            }
        }
        throw problem
    }

    private static func keyTable() -> KeyTable {
        KeyTable(
            KeyTable.capabilities.compactMap { name, key in
                cn_capability(name).map { (Array(String(cString: $0).utf8), key) }
            })
    }
}
