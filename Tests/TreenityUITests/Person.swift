import TreenityProtocol
import TreenityStore
import TreenityUI

/// Somebody at a keyboard, with a server that says what the test wants.
struct Person {
    var model: Model
    private(set) var effects: [Effect] = []
    private var seq: Int64 = 0
    private(set) var clock: Int64 = 1_700_000_000_000

    init(
        columns: Int = 100, rows: Int = 24, glyphs: Glyphs = .unicode, tree: JSONValue? = Person.workspace,
        start: TreePath = .root, isUnverified: Bool = false, mostNodes: Int = 200_000,
        keys: [KeyAssignment] = [], tellsPresence: Bool = false, protection: Protection = .open
    ) {
        var settings = Settings(
            address: "ws://test", isUnverified: isUnverified, user: "me", idPrefix: "id", glyphs: glyphs, start: start,
            mostNodes: mostNodes, keys: keys)
        settings.tellsPresence = tellsPresence
        settings.protection = protection
        model = Model(settings: settings)
        happen(.clock(Timestamp(milliseconds: clock)), .terminal(.resized(Size(columns: columns, rows: rows))))
        guard let tree else { return }
        goLive()
        show(tree)
    }

    static let workspace: JSONValue = [
        "spaces": [
            "marketing": [
                "tasks": [
                    "9": ["name": "Slogan", "status": "completed"],
                    "10": ["name": "Flyer", "status": "review"],
                    "101": ["name": "Campaign Planning", "status": "assigned", "tags": ["q4", "launch"]],
                ],
                "campaigns": ["autumn": [:]],
            ],
            "sales": ["orders": ["15": ["total": 120]]],
        ],
        "motd": "welcome",
    ]

    mutating func happen(_ events: Event...) {
        effects += model.update(events)
    }

    mutating func goLive(bare: Bool = false, user: String = "me", maximumBatch: Int = 1_000) {
        let welcome = Welcome(
            session: "s1", user: user, epoch: "e", seq: SequenceNumber(seq), time: Timestamp(milliseconds: clock),
            maximumMessageBytes: 1 << 20, maximumBatch: maximumBatch)
        happen(.connection(.live(bare ? nil : welcome)))
    }

    mutating func show(_ tree: JSONValue) {
        happen(.connection(.tree(tree, seq: SequenceNumber(seq))))
    }

    /// Presses the keys of a line: characters stand for themselves, names in angle brackets for the others.
    mutating func press(_ line: String) {
        var rest = Substring(line)
        while let first = rest.first {
            if first == "<", let end = rest.firstIndex(of: ">") {
                happen(.terminal(.key(Person.key(String(rest[rest.index(after: rest.startIndex)..<end])))))
                rest = rest[rest.index(after: end)...]
            } else {
                happen(.terminal(.key(.character(first))))
                rest.removeFirst()
            }
        }
    }

    private static func key(_ name: String) -> Key {
        let named: [String: Key] = [
            "Enter": .enter, "Esc": .escape, "Tab": .tab, "S-Tab": .backTab, "Backspace": .backspace, "Down": .down,
            "Up": .up, "Left": .left, "Right": .right, "F2": .function(2), "F3": .function(3), "F4": .function(4),
            "End": .end, "Home": .home, "PageDown": .pageDown, "PageUp": .pageUp, "Delete": .delete,
        ]
        if let key = named[name] { return key }
        precondition(name.hasPrefix("C-"), "no key is called \(name)")
        return .control(name.last ?? " ")
    }

    mutating func wait(milliseconds: Int64) {
        clock += milliseconds
        happen(.clock(Timestamp(milliseconds: clock)))
    }

    /// Somebody else's patch, decided by the server.
    mutating func receive(_ operation: Patch.Operation, _ path: TreePath, by user: String = "ann") {
        seq += 1
        let patch = Patch(
            operation, path, timestamp: Timestamp(milliseconds: clock), meta: ["user": .string(user)],
            seq: SequenceNumber(seq))
        happen(.connection(.patches([patch])))
    }

    /// So many patches of somebody else at once.
    mutating func receive(_ count: Int, _ make: (Int) -> (Patch.Operation, TreePath)) {
        let patches = (0..<count).map { index in
            seq += 1
            let (operation, path) = make(index)
            return Patch(
                operation, path, timestamp: Timestamp(milliseconds: clock), meta: ["user": "ann"],
                seq: SequenceNumber(seq))
        }
        happen(.connection(.patches(patches)))
    }

    /// What was sent since the last look.
    mutating func takeSent() -> [Patch] {
        defer { effects = [] }
        return effects.compactMap { effect in
            if case .network(.send(let patch)) = effect { patch } else { nil }
        }
    }

    /// The batches that were sent since the last look.
    mutating func takeBatches() -> [[Patch]] {
        defer { effects = [] }
        return effects.compactMap { effect in
            if case .network(.sendBatch(_, let patches)) = effect { patches } else { nil }
        }
    }

    /// What was sent once more since the last look.
    mutating func takeSentAgain() -> [Patch] {
        defer { effects = [] }
        return effects.compactMap { effect in
            if case .network(.sendAgain(let patch)) = effect { patch } else { nil }
        }
    }

    /// Which parts of the tree were asked for since the last look.
    mutating func takeFetched() -> [Subscription] {
        defer { effects = [] }
        return effects.compactMap { effect in
            if case .network(.fetch(let subscription)) = effect { subscription } else { nil }
        }
    }

    /// A chunk of a snapshot came.
    mutating func receive(_ id: String, _ nodes: [(path: TreePath, children: Int)], more: Bool = false) {
        let nodes = nodes.map { node in
            Snapshot.Node(path: node.path, properties: [:], children: node.children, timestamp: nil)
        }
        let chunk = Snapshot(
            id: id, path: nodes.first?.path ?? .root, seq: SequenceNumber(seq), nodes: nodes, more: more)
        happen(.connection(.snapshot(chunk)))
    }

    mutating func takeEffects() -> [Effect] {
        defer { effects = [] }
        return effects
    }

    /// The server sends the edit on.
    mutating func receiveOwn(_ patch: Patch) {
        seq += 1
        var decided = patch
        decided.seq = SequenceNumber(seq)
        happen(.connection(.patches([decided])))
    }

    /// The server takes the edit and sends it on.
    mutating func accept(_ patch: Patch) {
        receiveOwn(patch)
        happen(
            .connection(
                .acknowledged(
                    Acknowledgement(
                        id: patch.id ?? "", seq: SequenceNumber(seq),
                        timestamp: patch.timestamp ?? Timestamp(milliseconds: clock)))))
    }

    mutating func refuse(_ patch: Patch, _ code: Refusal.Code, _ message: String) {
        happen(.connection(.refused(id: patch.id, Refusal(code, message, path: patch.path))))
    }

    var screen: String {
        model.view().text.split(separator: "\n", omittingEmptySubsequences: false)
            .map { line in String(line.reversed().drop { $0 == " " }.reversed()) }.joined(separator: "\n")
    }

    /// The screen's row that holds this text.
    func row(with text: String) -> String? {
        screen.split(separator: "\n").map(String.init).first { $0.contains(text) }
    }

    /// The row of the tree's pane that holds this text, without what stands beside it.
    func treeRow(with text: String) -> String? {
        treeRows.first { $0.text.contains(text) }?.text
    }

    /// The place on the screen of the tree's row that holds this text.
    func treeRowNumber(with text: String) -> Int? {
        treeRows.first { $0.text.contains(text) }?.number
    }

    private var treeRows: [(number: Int, text: String)] {
        let lines = screen.split(separator: "\n", omittingEmptySubsequences: false)
        return lines.enumerated().dropFirst(2).prefix { !$0.element.hasPrefix("├") }.map { number, line in
            (number, String(line.split(separator: "│", omittingEmptySubsequences: false).dropFirst().first ?? ""))
        }
    }

    func rowNumber(with text: String) -> Int? {
        screen.split(separator: "\n", omittingEmptySubsequences: false).firstIndex { $0.contains(text) }
    }
}
