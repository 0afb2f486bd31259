import TreenityProtocol
import TreenityTesting

/// Patches at random addresses of a small tree, so that they meet one another often.
struct RandomPatches {
    private var generator: SeededGenerator
    private var milliseconds: Int64 = 1

    init(seed: UInt64) {
        generator = SeededGenerator(seed: seed)
    }

    /// A patch later than all before it.
    mutating func next(by user: String = "") -> Patch {
        milliseconds += 1
        return .by(user, at: milliseconds, operation(), path())
    }

    /// A patch of one of these users, at a moment somewhat before or after those before it.
    mutating func late(by users: [String]) -> Patch {
        milliseconds += 1
        return .by(users[below(users.count)], at: max(0, milliseconds - Int64(below(12))), operation(), path())
    }

    mutating func below(_ bound: Int) -> Int { Int.random(in: 0..<bound, using: &generator) }

    private mutating func operation() -> Patch.Operation {
        switch below(10) {
        case 0..<4: .add(value(depth: 2))
        case 4..<6: .edit(value(depth: 2))
        case 6..<8: .move(to: path())
        default: .delete
        }
    }

    private mutating func path() -> TreePath {
        let depth = below(20) == 0 ? 0 : 1 + below(4)
        return (0..<depth).reduce(.root) { path, _ in path.appending(name()) }
    }

    private mutating func name() -> Name {
        let names: [Name] = ["a", "b", "c", "d", "/", "~\u{301}", "\u{E9}", "e\u{301}"]
        return names[min(below(12), below(names.count))]
    }

    private mutating func value(depth: Int) -> JSONValue {
        guard depth > 0, below(4) != 0 else { return .integer(below(1_000)) }
        return .object((0..<below(4)).map { _ in JSONValue.Member(key: name().text, value: value(depth: depth - 1)) })
    }
}
