/// Collects what is pasted and hands it on in pieces, so that a paste of any length takes bounded memory.
struct PastedText {
    private var bytes: [UInt8] = []
    private var endedLine = false

    /// Bytes in a piece, but for what a character needs to stay whole.
    static let pieceSize = 1 << 16

    /// Adds a byte; returns a piece when one is full. Terminals send a carriage return for the end of a line: it
    /// becomes a line feed.
    mutating func append(_ byte: UInt8) -> String? {
        defer { endedLine = byte == 0x0D }
        if byte == 0x0A, endedLine { return nil }
        let startsCharacter = byte & 0xC0 != 0x80 || bytes.count >= PastedText.pieceSize + 4
        let piece = bytes.count >= PastedText.pieceSize && startsCharacter ? takePiece() : nil
        bytes.append(byte == 0x0D ? 0x0A : byte)
        return piece
    }

    /// The last piece, if there is one, invalid UTF-8 replaced.
    mutating func finish() -> String? {
        endedLine = false
        return takePiece()
    }

    private mutating func takePiece() -> String? {
        guard !bytes.isEmpty else { return nil }
        defer { bytes.removeAll(keepingCapacity: true) }
        return String(decoding: bytes, as: UTF8.self)
    }
}
