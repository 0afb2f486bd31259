import TreenityProtocol
import TreenityStore

/// A line that is typed to find something: what it leads to is shown with every key.
struct FindDialog: Sendable {
    enum Purpose: Sendable {
        case search
        case filter
        /// A place in the tree, or a command: the candidates are listed.
        case path, command
    }

    let purpose: Purpose
    var field = TextField()
    /// What can be chosen, the best first.
    var candidates: [Candidate] = []
    /// The place of the one that Enter takes.
    var selection = 0
    /// What is wrong with what was typed.
    var complaint: String?
    /// Where in the history of searches the line comes from; `nil`: it was typed.
    var recalled: Int?
    /// How it was before: Esc leads back there.
    let before: Outline

    init(_ purpose: Purpose, before: Outline) {
        self.purpose = purpose
        self.before = before
    }

    var selected: Candidate? { candidates.indices.contains(selection) ? candidates[selection] : nil }

    mutating func select(by step: Int) {
        guard !candidates.isEmpty else { return }
        selection = (selection + step + candidates.count) % candidates.count
    }
}

/// Something that a line being typed may mean.
struct Candidate: Sendable {
    /// What choosing it does.
    enum Meaning: Sendable {
        case path(TreePath)
        case command(Command)
        /// The line is not complete yet: this is how it goes on.
        case line(String)
        case setting(Setting, value: String)
    }

    /// What is listed.
    var text: String
    /// Stands at the right: keys, or the value now.
    var note = ""
    /// What Tab puts into the line.
    var completion: String
    var meaning: Meaning
}
