import Dispatch
import Glibc
import TreenityTerminal
import TreenityUI

/// A terminal without a screen: what a program writes to it can be read, and what is typed comes to the program.
@MainActor
final class PseudoTerminal {
    /// The program's end of it.
    let program: Int32
    private let person: Int32
    private let output: AsyncStream<[UInt8]>
    private let source: any DispatchSourceRead
    private var marks = 0

    struct Failure: Error {}

    init(columns: Int = 80, rows: Int = 24) throws {
        var ends: (person: Int32, program: Int32) = (-1, -1)
        guard openpty(&ends.person, &ends.program, nil, nil, nil) == 0 else { throw Failure() }
        (person, program) = ends
        let (output, continuation) = AsyncStream.makeStream(of: [UInt8].self)
        self.output = output
        source = PseudoTerminal.read(ends.person, into: continuation)
        resize(columns: columns, rows: rows)
    }

    /// Reads all the time, and beside the main queue: a terminal that nobody reads from blocks whoever writes to it.
    private nonisolated static func read(
        _ descriptor: Int32, into continuation: AsyncStream<[UInt8]>.Continuation
    ) -> any DispatchSourceRead {
        let source = DispatchSource.makeReadSource(fileDescriptor: descriptor, queue: .global())
        source.setEventHandler {
            let bytes = [UInt8](unsafeUninitializedCapacity: 1 << 16) { buffer, count in
                count = max(0, Glibc.read(descriptor, buffer.baseAddress, buffer.count))
            }
            continuation.yield(bytes)
        }
        source.setCancelHandler { close(descriptor) }
        source.activate()
        return source
    }

    isolated deinit {
        hangUp()
        close(program)
    }

    /// Takes the terminal away from the program.
    func hangUp() {
        source.cancel()
    }

    /// Gives the window another size; the program is not told.
    func resize(columns: Int, rows: Int) {
        var size = winsize(ws_row: UInt16(rows), ws_col: UInt16(columns), ws_xpixel: 0, ws_ypixel: 0)
        _ = ioctl(person, UInt(TIOCSWINSZ), &size)
    }

    /// Types something.
    func type(_ text: String) {
        _ = write(person, text, text.utf8.count)
    }

    /// What was written since the last time.
    func written() async -> String {
        marks += 1
        // All before this has arrived when this has.
        let mark = "\u{1}\(marks)\u{2}"
        _ = write(program, mark, mark.utf8.count)
        var bytes: [UInt8] = []
        for await chunk in output {
            bytes += chunk
            let text = String(decoding: bytes, as: UTF8.self)
            if text.hasSuffix(mark) { return String(text.dropLast(mark.count)) }
        }
        return ""
    }

    /// The modes of the line, in a form that can be compared.
    var modes: [UInt32] {
        var modes = termios()
        _ = tcgetattr(program, &modes)
        let keys = withUnsafeBytes(of: modes.c_cc) { $0.map(UInt32.init) }
        return [modes.c_iflag, modes.c_oflag, modes.c_cflag, modes.c_lflag] + keys
    }

    /// Options for a program to use this terminal.
    func options(type: String = "xterm-256color") -> TerminalOptions {
        var options = TerminalOptions()
        (options.input, options.output, options.type) = (program, program, type)
        options.prefersUTF8 = true
        return options
    }
}
