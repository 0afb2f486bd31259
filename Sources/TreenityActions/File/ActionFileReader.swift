import TreenityProtocol
import TreenitySequencer
import TreenityYAML
import Yams

/// Makes actions of YAML, and knows the line of every mistake.
struct ActionFileReader {
    private let text: String

    init(_ text: String) {
        self.text = text
    }

    func entries() throws(YAMLFileError) -> [ActionFile.Entry] {
        guard let root = try Node.parse(text) else {
            throw YAMLFileError(1, "there is nothing in it; write [] for no actions")
        }
        guard case .sequence(let list) = root else {
            throw YAMLFileError(root.line, "a file of actions is a list: begin each with “- path: tree/…”")
        }
        var entries: [ActionFile.Entry] = []
        for node in list { entries.append(try entry(node)) }
        return entries
    }
}

// MARK: One action

extension ActionFileReader {
    private enum EntryKey: String, CaseIterable {
        case path, http, command, grants, user
    }

    private func entry(_ node: Node) throws(YAMLFileError) -> ActionFile.Entry {
        let place = node.mapping?.first { $0.key.scalar?.string == "path" }?.value.scalar?.string
        let owner = place.map { "the action at \($0)" } ?? "this action"
        let fields = try Fields<EntryKey>(node, of: owner)
        let pattern = try fields.required(.path, PathPattern.init(parsing:))
        let rights = try fields.pairs(.grants, Grant.init(path:rights:)).map(Rights.init(grants:)) ?? Rights()
        let user = try fields.text(.user, Checks.filled)
        let work = try work(fields, owner)
        return ActionFile.Entry(pattern: pattern, action: Action(rights: rights, user: user, work: work))
    }

    private func work(_ fields: Fields<EntryKey>, _ owner: String) throws(YAMLFileError) -> Action.Work {
        switch (fields[.http], fields[.command]) {
        case (let node?, nil): .post(try post(node, owner))
        case (nil, let node?): .command(try command(node, owner))
        case (nil, nil): throw YAMLFileError(fields.line, "\(owner) does nothing; give it “http” or “command”")
        case (_?, _?): throw YAMLFileError(fields.line, "\(owner) has both “http” and “command”; give it one")
        }
    }

    private enum PostKey: String, CaseIterable {
        case url, headers, timeout
        case maximumReplyBytes = "max-reply-bytes"
    }

    private func post(_ node: Node, _ owner: String) throws(YAMLFileError) -> HTTPPost {
        let fields = try Fields<PostKey>(node, of: owner)
        return HTTPPost(
            url: try fields.required(.url, Checks.url),
            headers: try fields.pairs(.headers, Checks.header) ?? [],
            timeout: try fields.text(.timeout, Checks.timeout) ?? Checks.defaultTimeout,
            maximumReplyBytes: try fields.text(.maximumReplyBytes, Checks.bytes) ?? Checks.defaultBytes)
    }

    private enum CommandKey: String, CaseIterable {
        case argv, directory, environment, timeout
        case maximumOutputBytes = "max-output-bytes"
    }

    private func command(_ node: Node, _ owner: String) throws(YAMLFileError) -> Command {
        let fields = try Fields<CommandKey>(node, of: owner)
        let argv = try fields.list(.argv, Checks.withoutNull)
        guard let program = argv.first else {
            throw YAMLFileError(fields.line, "\(owner): argv is missing; write argv: [program, argument, …]")
        }
        let variables = try fields.pairs(.environment, Checks.variable) ?? []
        return Command(
            program: try fields.checked(.argv, program, Checks.program),
            arguments: Array(argv.dropFirst()),
            directory: try fields.text(.directory, Checks.directory),
            environment: Dictionary(variables) { $1 },
            timeout: try fields.text(.timeout, Checks.timeout) ?? Checks.defaultTimeout,
            maximumOutputBytes: try fields.text(.maximumOutputBytes, Checks.bytes) ?? Checks.defaultBytes)
    }
}
