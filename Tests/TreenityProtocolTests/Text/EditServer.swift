import TreenityProtocol

/// The server's rule for one text: a submission is carried over everything after its base, and put in order.
struct EditServer {
    /// What a session is sent.
    enum Message {
        case edit(TextEdit, id: String, SequenceNumber)
        case replacement(String, SequenceNumber)
        case reached(SequenceNumber)
        case acknowledgement(id: String, SequenceNumber)
        case refusal(id: String)
        case snapshot(String, SequenceNumber)
    }

    private enum Entry {
        case edit(TextEdit, id: String)
        case replacement(String)
        case elsewhere
    }

    private(set) var text = ""
    private var log: [Entry] = []
    private var answers: [String: SequenceNumber] = [:]
    /// How many entries back a base may lie.
    private let memory: Int
    /// Whether what comes to nothing takes a place in the order all the same.
    private let ordersEmptyEdits: Bool

    init(memory: Int = .max, ordersEmptyEdits: Bool = true) {
        self.memory = memory
        self.ordersEmptyEdits = ordersEmptyEdits
    }

    var seq: SequenceNumber { SequenceNumber(Int64(log.count)) }

    /// What goes to all, and what to the sender alone.
    mutating func take(_ submission: TextSubmission) -> (all: [Message], sender: Message) {
        if let seq = answers[submission.id] { return ([], .acknowledgement(id: submission.id, seq)) }
        let since = Int(submission.base.value)
        guard log.count - since <= memory, let edit = carried(submission.edit, since: since),
            let edited = edit.applied(to: text)
        else { return ([], .refusal(id: submission.id)) }
        var all: [Message] = []
        if ordersEmptyEdits || !edit.isEmpty {
            text = edited
            log.append(.edit(edit, id: submission.id))
            all = [.edit(edit, id: submission.id, seq)]
        }
        answers[submission.id] = seq
        return (all, .acknowledgement(id: submission.id, seq))
    }

    private func carried(_ edit: TextEdit, since: Int) -> TextEdit? {
        var edit = edit
        for entry in log[since...] {
            switch entry {
            case .edit(let earlier, _): edit = edit.transformed(over: earlier, admitted: .later)
            case .replacement: return nil
            case .elsewhere: continue
            }
        }
        return edit
    }

    mutating func replace(by text: String) -> Message {
        self.text = text
        log.append(.replacement(text))
        return .replacement(text, seq)
    }

    /// Something happens that does not bear on the text.
    mutating func pass() -> Message {
        log.append(.elsewhere)
        return .reached(seq)
    }

    /// What a session has missed since `seq`.
    func missed(since seq: SequenceNumber) -> [Message] {
        log.indices.dropFirst(Int(seq.value)).map { index in
            let seq = SequenceNumber(Int64(index + 1))
            switch log[index] {
            case .edit(let edit, let id): return .edit(edit, id: id, seq)
            case .replacement(let text): return .replacement(text, seq)
            case .elsewhere: return .reached(seq)
            }
        }
    }
}
