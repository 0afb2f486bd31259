import TreenityLog
import TreenityProtocol
import TreenityTesting

/// Patches at random addresses of a small tree; whether they could have been admitted does not matter to an archive.
struct RandomStory {
    private var random: SeededGenerator

    init(seed: UInt64) {
        random = SeededGenerator(seed: seed)
    }

    private static let names: [Name] = ["a", "ab", "/", "c"]

    /// All addresses up to three names deep.
    let paths: [TreePath] = {
        var level: [TreePath] = [.root]
        var all = level
        for _ in 0..<3 {
            level = level.flatMap { path in names.map { path.appending($0) } }
            all += level
        }
        return all
    }()

    mutating func next(seq: Int64) -> ArchivedPatch {
        let path = paths[below(paths.count)]
        let operation: Patch.Operation =
            switch below(10) {
            case 0..<2: .add(value(depth: 2))
            case 2..<6: .edit(value(depth: 3))
            case 6: .delete
            case 7: .execute(nil)
            default: .move(to: paths[below(paths.count)])
            }
        let patch = Patch(operation, path, meta: ["user": "ann"], seq: SequenceNumber(seq))
        return ArchivedPatch(
            patch: patch, previous: below(2) == 0 ? nil : .integer(below(9)), received: Timestamp(milliseconds: seq))
    }

    private mutating func below(_ bound: Int) -> Int { Int.random(in: 0..<bound, using: &random) }

    private mutating func value(depth: Int) -> JSONValue {
        guard depth > 0, below(4) != 0 else { return .integer(below(100)) }
        return .object(
            (0..<below(4)).map { _ in
                JSONValue.Member(
                    key: RandomStory.names[below(RandomStory.names.count)].text, value: value(depth: depth - 1))
            })
    }
}
