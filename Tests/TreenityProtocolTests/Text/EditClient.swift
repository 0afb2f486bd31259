import Testing
import TreenityProtocol

/// One person at one text, behind a connection that is slow and breaks.
struct EditClient {
    private(set) var shared = SharedText(at: "tree/t", "", seq: .zero)
    /// What an editor shows that only applies the changes it is told of.
    private(set) var shown = ""
    private(set) var troubles: [SharedText.Trouble] = []
    var uplink: [TextSubmission] = []
    var downlink: [EditServer.Message] = []
    private let name: String
    private var edits = 0

    init(name: String) {
        self.name = name
    }

    mutating func type(_ random: inout RandomText) {
        let edit = random.keystroke(in: shown)
        edits += 1
        let reaction = shared.edited(edit, id: "\(name)-\(edits)")
        #expect(reaction != .refuse)
        if case .send(let submission) = reaction { uplink.append(submission) }
        shown = edit.applied(to: shown) ?? shown
        expectWhole()
    }

    mutating func deliver() {
        guard !downlink.isEmpty else { return }
        let outcome = take(downlink.removeFirst())
        if let submission = outcome.submission { uplink.append(submission) }
        if let trouble = outcome.trouble { troubles.append(trouble) }
        shown = outcome.change.applied(to: shown) ?? "the change does not fit"
        expectWhole()
    }

    private mutating func take(_ message: EditServer.Message) -> SharedText.Outcome {
        switch message {
        case .edit(let edit, let id, let seq):
            id.hasPrefix(name) ? shared.returned(id, as: edit, at: seq) : shared.received(edit, at: seq)
        case .replacement(let text, let seq): shared.replaced(by: text, at: seq)
        case .reached(let seq): shared.reached(seq)
        case .acknowledgement(let id, let seq): shared.acknowledged(id, at: seq)
        case .refusal(let id): shared.refused(id)
        case .snapshot(let text, let seq): shared.reset(to: text, at: seq)
        }
    }

    /// What was under way is gone; the server sends what was missed, or the text as a whole.
    mutating func reconnect(to server: EditServer, bySnapshot: Bool) {
        downlink = bySnapshot ? [.snapshot(server.text, server.seq)] : server.missed(since: shared.seq)
        uplink = shared.unacknowledged.map { [$0] } ?? []
    }

    private func expectWhole() {
        #expect(shown.bytes == shared.displayed.bytes)
        let edited = shared.draft.map { $0.edit.applied(to: $0.confirmed) } ?? shared.confirmed
        #expect(edited?.bytes == shared.displayed.bytes, "\(shared)")
    }
}
