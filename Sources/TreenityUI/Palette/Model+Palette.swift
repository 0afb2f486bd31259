import TreenityProtocol
import TreenityStore

/// All commands, by words of what they do, and the settings.
extension Model {
    private static let quitting = ["q", "quit", "q!", "wq"]

    func commandCandidates(_ text: String) -> [Candidate] {
        if text.hasPrefix(Model.set) { return settingCandidates(text.dropFirst(Model.set.count)) }
        let words = FuzzyWords(text)
        var scored: [(candidate: Candidate, score: Int)] = []
        if let score = words.score("set") {
            let candidate = Candidate(
                text: "set: change a setting", note: "set name value", completion: Model.set, meaning: .line(Model.set))
            scored.append((candidate, score))
        }
        for binding in keymap.groups.flatMap(\.bindings) where !binding.summary.isEmpty {
            let keys = binding.sequences.map(KeyNotation.text).joined(separator: " ")
            let name = String(binding.command.name.map { $0 == "." || $0 == "-" ? " " : $0 })
            guard let score = [binding.summary, name, keys].compactMap(words.score).max() else { continue }
            let candidate = Candidate(
                text: binding.summary, note: keys, completion: binding.summary, meaning: .command(binding.command))
            scored.append((candidate, score))
        }
        guard !text.isEmpty else { return scored.map(\.candidate) }
        return scored.enumerated().sorted { one, other in
            one.element.score != other.element.score
                ? one.element.score > other.element.score : one.offset < other.offset
        }.map(\.element.candidate)
    }

    mutating func run(_ dialog: FindDialog) -> [Effect] {
        if Model.quitting.contains(dialog.field.text), dialog.selection == 0 { return run(.program(.quit)) }
        switch dialog.selected?.meaning {
        case .command(let command): return run(command)
        case .line(let line):
            var dialog = dialog
            dialog.field = TextField(line)
            dialog.candidates = commandCandidates(line)
            dialog.selection = 0
            self.dialog = .find(dialog)
            return []
        case .setting(let setting, let value):
            return set(setting, value, dialog)
        case .path, nil:
            complain("no command is called so", dialog)
            return []
        }
    }

    private mutating func run(_ command: Command) -> [Effect] {
        dialog = nil
        notice = nil
        return perform(command, count: nil)
    }

    private mutating func complain(_ complaint: String, _ dialog: FindDialog) {
        var dialog = dialog
        dialog.complaint = complaint
        self.dialog = .find(dialog)
    }
}

// MARK: Settings

extension Model {
    private static let set = "set "

    /// `name`, then `name value`.
    private func settingCandidates(_ text: Substring) -> [Candidate] {
        let parts = text.split(separator: " ", maxSplits: 1, omittingEmptySubsequences: false)
        let name = parts.first.map(String.init) ?? ""
        guard parts.count == 2, let setting = Setting.named(name) else { return namesOfSettings(name) }
        let typed = String(parts[1])
        let values = self.values(of: setting).filter { typed.isEmpty || FuzzyPattern(typed).score($0) != nil }
        let now = setting.text(in: settings)
        let shown = values.contains(typed) || typed.isEmpty ? values : [typed] + values
        return shown.map { value in
            Candidate(
                text: "\(name) \(value)", note: value == now ? "now" : "", completion: "\(Model.set)\(name) \(value)",
                meaning: .setting(setting, value: value))
        }
    }

    private func namesOfSettings(_ typed: String) -> [Candidate] {
        let pattern = FuzzyPattern(typed)
        let fitting = Setting.all.compactMap { setting in pattern.score(setting.name).map { (setting, $0) } }
        let best = typed.isEmpty ? fitting : fitting.sorted { $0.1 > $1.1 }
        return best.map { setting, _ in
            let line = "\(Model.set)\(setting.name) "
            return Candidate(
                text: "\(setting.name): \(setting.summary)", note: setting.text(in: settings), completion: line,
                meaning: .line(line))
        }
    }

    /// The values that can be listed; the one that a setting has now where they are without end.
    private func values(of setting: Setting) -> [String] {
        switch setting.kind {
        case .flag: ["on", "off"]
        case .choice(let choices): choices
        case .text where setting.name == "theme": settings.themeNames
        case .text, .words: [setting.text(in: settings)]
        }
    }

    private mutating func set(_ setting: Setting, _ value: String, _ dialog: FindDialog) -> [Effect] {
        do {
            let effects = try set(setting, to: value)
            self.dialog = nil
            notice = .information("\(setting.name) is \(setting.text(in: settings))")
            return effects
        } catch {
            complain(error.description, dialog)
            return []
        }
    }
}
