internal import TreenityUI

/// Makes events of the bytes that a terminal sends, however they are cut into reads.
///
/// Holds back what could still become something longer. Reads no clock: whoever feeds it calls ``flush()`` when no byte
/// has come for as long as ``awaits`` deserves.
struct KeyDecoder {
    private let grammar: InputGrammar
    private var held: [UInt8] = []
    private var paste: PastedText?
    /// What the terminal has said of mode 2026; `nil`: nothing yet.
    private(set) var synchronizes: Bool?

    /// What the decoder would wait for.
    enum Awaited: Equatable {
        /// Nothing, or the end of what no person types: it may take any time.
        case nothing
        /// The rest of a key; its beginning could be a key of its own.
        case restOfKey
        /// The end of pasted text.
        case restOfPaste
    }

    /// A decoder that also knows the sequences of this table.
    init(table: KeyTable = KeyTable()) {
        grammar = InputGrammar(table: table)
    }

    /// What bytes are to come.
    var awaits: Awaited {
        if paste != nil { return .restOfPaste }
        guard let first = held.first else { return .nothing }
        // A longer sequence is worth waiting for: read as keys, the rest of it would do what nobody asked for.
        return first != 0x1B || held.count <= 2 || isString ? .restOfKey : .nothing
    }

    /// The events that some more bytes complete.
    ///
    /// - Complexity: O(bytes)
    mutating func decode(_ bytes: some Sequence<UInt8>) -> [TerminalEvent] {
        held += bytes
        var events: [TerminalEvent] = []
        var index = 0
        while index < held.count {
            let taken = paste == nil ? takeToken(at: index, &events) : takePasted(at: index, &events)
            guard taken > 0 else { break }
            index += taken
        }
        held.removeFirst(index)
        return events
    }

    /// Gives up waiting: what is held back means what it means by itself.
    mutating func flush() -> [TerminalEvent] {
        let given = awaits
        if given == .nothing { return [] }
        let bytes = held
        held = []
        if given == .restOfPaste {
            let pieces = bytes.compactMap { paste?.append($0) }
            return pieces.map(TerminalEvent.pasted) + endPaste()
        }
        guard bytes[0] == 0x1B else { return [] }
        // Escape, or Alt with what otherwise begins a sequence; half of a character is nothing.
        guard let second = bytes.dropFirst().first, second < 0x80 else { return [.key(.escape)] }
        return bytes.count == 2 ? [.key(.alt(Character(Unicode.Scalar(second))))] : []
    }

    /// Takes what begins at an index; returns how many bytes that was, 0 if more are needed.
    private mutating func takeToken(at index: Int, _ events: inout [TerminalEvent]) -> Int {
        switch grammar.token(held[index...]) {
        case .incomplete:
            return 0
        case .nothing(let length):
            return length
        case .key(let key, let length):
            events.append(.key(key))
            return length
        case .report(let report, let length):
            take(report, &events)
            return length
        case .pasteStart(let length):
            paste = PastedText()
            return length
        }
    }

    private mutating func take(_ report: TerminalReport, _ events: inout [TerminalEvent]) {
        switch report {
        case .mouse(let mouse): events.append(.mouse(mouse))
        case .background(let color): events.append(.background(color))
        case .synchronizes(let does): synchronizes = does
        }
    }

    // MARK: Pasted text

    private static let pasteEnd = Array("\u{1B}[201~".utf8)

    private mutating func takePasted(at index: Int, _ events: inout [TerminalEvent]) -> Int {
        if held[index] == 0x1B {
            let rest = held[index...].prefix(KeyDecoder.pasteEnd.count)
            if rest.elementsEqual(KeyDecoder.pasteEnd) {
                events += endPaste()
                return rest.count
            }
            if KeyDecoder.pasteEnd.starts(with: rest) { return 0 }
        }
        if let piece = paste?.append(held[index]) { events.append(.pasted(piece)) }
        return 1
    }

    private mutating func endPaste() -> [TerminalEvent] {
        defer { paste = nil }
        return paste?.finish().map { [.pasted($0)] } ?? []
    }

    private var isString: Bool {
        held.count > 2 && held[1] != UInt8(ascii: "[") && held[1] != UInt8(ascii: "O")
    }
}
