/// What has come of one message.
struct PartialMessage: ~Copyable {
    private let isText: Bool
    private let limit: Int
    private var inflater: Inflater?
    private var bytes: [UInt8] = []
    /// How many of the bytes are known to be whole characters.
    private var valid = 0

    /// - Parameter limit: how many bytes the message may have, inflated.
    init(isText: Bool, isCompressed: Bool, limit: Int) {
        self.isText = isText
        self.limit = limit
        if isCompressed { inflater = Inflater() }
    }

    /// The message, once the last piece is here.
    var whole: WebSocketMessage {
        consuming get { isText ? .text(bytes) : .binary(bytes) }
    }

    /// Takes the next piece. Text is checked as far as it goes, so that nothing hopeless is waited for.
    ///
    /// - Complexity: O(piece), inflated.
    mutating func append(_ piece: [UInt8], isLast: Bool) throws(Violation) {
        if inflater == nil {
            try appendPlain(piece)
        } else {
            try appendCompressed(piece, isLast: isLast)
        }
        if isText { try validate(isLast: isLast) }
    }

    private mutating func appendPlain(_ piece: [UInt8]) throws(Violation) {
        guard bytes.count + piece.count <= limit else { throw .tooLong(limit: limit) }
        // Most messages come in one piece: no need to copy it.
        if bytes.isEmpty { bytes = piece } else { bytes += piece }
    }

    private mutating func appendCompressed(_ piece: [UInt8], isLast: Bool) throws(Violation) {
        do throws(Inflater.Failure) {
            try inflater?.inflate(piece, onto: &bytes, limit: limit)
            if isLast { try inflater?.finish(onto: &bytes, limit: limit) }
        } catch {
            switch error {
            case .malformed: throw .invalid("a compressed message is damaged")
            case .cutShort: throw .invalid("a compressed message is cut short")
            case .tooLong: throw .tooLong(limit: limit)
            }
        }
    }

    private mutating func validate(isLast: Bool) throws(Violation) {
        do throws(UTF8.ValidationError) {
            _ = try UTF8Span(validating: bytes.span.extracting(valid...))
            valid = bytes.count
        } catch {
            // Only the beginning of a character may stand at the end, where more follows.
            let isCut = error.kind == .truncatedScalar && valid + error.byteOffsets.upperBound == bytes.count
            guard isCut, !isLast else { throw .invalid("a text is not UTF-8") }
            valid += error.byteOffsets.lowerBound
        }
    }
}
