import TreenityProtocol
import TreenityStore

@testable import TreenityUI

/// An interface before a server that answers when it likes, a user who presses anything, and others who change the tree.
struct FuzzWorld {
    private(set) var model: Model
    private var random: FuzzRandom
    private var server = Replica()
    private var seq: Int64 = 0
    private var clock: Int64 = 1_700_000_000_000
    private var isLive = false
    /// Edits that the server has not answered.
    private var sent: [Patch] = []
    /// Decided patches that are on their way.
    private var arriving: [Patch] = []
    private var size = Size(columns: 100, rows: 30)
    /// What has happened and is not told yet.
    private var waiting: [Event] = []

    init(seed: UInt64) {
        random = FuzzRandom(seed)
        model = Model(settings: Settings(address: "ws://fuzz", user: "me", idPrefix: "fuzz"))
        happen([.terminal(.resized(size))])
        connect()
    }

    /// One thing happens.
    ///
    /// - Returns: what it was, for a report.
    mutating func step() -> String {
        clock += Int64(random.number(below: 80))
        switch random.number(below: 100) {
        case ..<62: return pressKey()
        case ..<84: return changeTree()
        case ..<92: return answer()
        case ..<95: return deliver()
        case ..<97: return resize()
        case ..<98: return paste()
        default: return disturb()
        }
    }

    /// Everything that waits comes to an end.
    mutating func settle() {
        if !isLive { connect() }
        while !sent.isEmpty { _ = answer() }
        _ = deliver()
    }

    /// What is wrong with the model; `nil`: nothing.
    var complaint: String? {
        let screen = model.view()
        if screen.size != size { return "the view is \(screen.size), not \(size)" }
        if screen.lines.count != size.rows { return "the view has \(screen.lines.count) lines, not \(size.rows)" }
        if let wide = screen.lines.firstIndex(where: { DisplayText($0.text).columns > size.columns }) {
            return "line \(wide) is too wide: \(screen.lines[wide].text)"
        }
        switch model.outline.cursor {
        case .node(let node):
            if !model.tree.contains(node) { return "the cursor is on a node that is gone" }
        case .property(let node, let name):
            if !model.tree.contains(node) || model.tree.property(name, of: node) == nil {
                return "the cursor is on a property that is gone"
            }
        case .ghost(let ghost):
            if !model.tree.contains(ghost.parent) { return "the ghost's parent is gone" }
        }
        let isOnView = model.outline.rows.contains { $0.content == model.outline.cursor }
        if !isOnView { return "the cursor is off view" }
        if model.outline.rows.count > model.outline.height { return "there are more rows than fit" }
        return nil
    }

    /// - Parameter mayWait: what happened may come together with what happens next.
    private mutating func happen(_ events: [Event], mayWait: Bool = false) {
        waiting += [.clock(Timestamp(milliseconds: clock))] + events
        guard !mayWait || random.number(below: 4) > 0 else { return }
        let effects = model.update(waiting)
        waiting = []
        for effect in effects {
            if case .network(.send(let patch)) = effect { sent.append(patch) }
            if case .network(.sendAgain(let patch)) = effect { sent.append(patch) }
            if case .network(.forget(let id)) = effect { sent.removeAll { $0.id == id } }
        }
    }

    // MARK: The user

    private static let keys: [Key] =
        "jkhlHJKgGzRMLnNZ/f:iaorxpPmdyuUVXseMtw*<>{}+_?0123456789cbtoCOS \"{}[]=e日é"
        .map { Key.character($0) } + [
            .enter, .escape, .escape, .tab, .backTab, .backspace, .delete, .up, .down, .left, .right, .home, .end,
            .pageUp, .pageDown, .function(2), .function(3), .function(4),
        ] + "abdefuykwrn".map { Key.control($0) }

    private static let lines = [
        "zR", "zM", "z2", "zO", "G", "gg", "gp", "gc", "gC", "gs", "gh", "zp", "dd", "ddy", "yy", "p", "/a", "n", "fa",
        "s", ":set order recent", ":set properties on", "go", "gf", "gd", "gr", "i", "V", "  ", "u", "zhzl",
        "gw", "gj", "gx", "<<", "<>>", "{", "}", "U",
    ]

    private mutating func pressKey() -> String {
        var keys = [random.element(of: FuzzWorld.keys)]
        if random.number(below: 3) == 0 { keys = random.element(of: FuzzWorld.lines).map(Key.character) }
        if random.number(below: 6) == 0 { keys.append(.enter) }
        happen(keys.map { .terminal(.key($0)) }, mayWait: true)
        return "keys \(keys)"
    }

    private mutating func paste() -> String {
        happen([.terminal(.pasted("tree/a\nb\u{1B}[31m"))])
        return "a paste"
    }

    private mutating func resize() -> String {
        size = Size(columns: 1 + random.number(below: 140), rows: 1 + random.number(below: 45))
        happen([.terminal(.resized(size))])
        return "a resize to \(size)"
    }

    // MARK: The others

    private static let names: [Name] = ["a", "b", "c", "n1", "n2", "n10", "日本", "e\u{301}", "x y", "tail"]

    private mutating func path() -> TreePath {
        var path = TreePath.root
        for _ in 0...random.number(below: 4) { path = path.appending(random.element(of: FuzzWorld.names)) }
        return path
    }

    private mutating func value() -> JSONValue {
        switch random.number(below: 6) {
        case 0: ["name": "Ann \u{202E}evil\u{1B}", "status": "open"]
        case 1: ["a": ["b": ["n1": [:], "n2": ["value": 3]]], "label": "x"]
        case 2: [:]
        case 3: 42
        case 4: .string(String(repeating: "long ", count: random.number(below: 60)))
        default: [1, "two", .null]
        }
    }

    private mutating func operation() -> Patch.Operation {
        switch random.number(below: 10) {
        case 0...3: .add(value())
        case 4...6: .edit(value())
        case 7: .delete
        case 8: .move(to: path())
        default: .execute(value())
        }
    }

    private mutating func changeTree() -> String {
        let patch = Patch(
            operation(), path(), timestamp: Timestamp(milliseconds: clock), meta: ["user": "ann"])
        decide(patch)
        if random.number(below: 3) > 0 { _ = deliver() }
        return "somebody's \(patch.operation.name) of \(patch.path)"
    }

    /// The server puts a patch in its order, or refuses it.
    @discardableResult
    private mutating func decide(_ patch: Patch) -> Bool {
        guard (try? server.apply(patch, rule: .admission, now: Timestamp(milliseconds: clock))) != nil else {
            return false
        }
        seq += 1
        var decided = patch
        decided.seq = SequenceNumber(seq)
        arriving.append(decided)
        return true
    }

    private mutating func deliver() -> String {
        let patches = arriving
        arriving = []
        if isLive { happen([.connection(.patches(patches))], mayWait: true) }
        return "\(patches.count) patches"
    }

    private mutating func answer() -> String {
        guard isLive, !sent.isEmpty else { return "nothing" }
        let patch = sent.removeFirst()
        if random.number(below: 8) > 0, decide(patch) {
            _ = deliver()
            let time = patch.timestamp ?? Timestamp(milliseconds: clock)
            happen([
                .connection(
                    .acknowledged(Acknowledgement(id: patch.id ?? "", seq: SequenceNumber(seq), timestamp: time)))
            ])
            return "an ACK of \(patch.operation.name)"
        }
        happen([.connection(.refused(id: patch.id, Refusal(.forbidden, "not you", path: patch.path)))])
        return "a refusal of \(patch.operation.name)"
    }

    private mutating func disturb() -> String {
        if isLive {
            isLive = false
            happen([.connection(.lost(reason: "gone", retryAfter: 250))])
            return "the connection's end"
        }
        connect()
        return "a new connection"
    }

    private mutating func connect() {
        isLive = true
        arriving = []
        let welcome = Welcome(
            session: "s", user: "me", epoch: "e", seq: SequenceNumber(seq), time: Timestamp(milliseconds: clock),
            maximumMessageBytes: 1 << 20, maximumBatch: 1_000)
        let tree = server.json(of: server.root)
        happen([.connection(.live(welcome)), .connection(.tree(tree, seq: SequenceNumber(seq)))])
    }
}

/// Numbers that look random and come the same way for the same seed (SplitMix64).
struct FuzzRandom {
    private var state: UInt64

    init(_ seed: UInt64) { state = seed }

    mutating func number(below limit: Int) -> Int {
        state &+= 0x9E37_79B9_7F4A_7C15
        var mixed = (state ^ state >> 30) &* 0xBF58_476D_1CE4_E5B9
        mixed = (mixed ^ mixed >> 27) &* 0x94D0_49BB_1331_11EB
        return Int((mixed ^ mixed >> 31) % UInt64(limit))
    }

    mutating func element<Element>(of array: [Element]) -> Element { array[number(below: array.count)] }
}
