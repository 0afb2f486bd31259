import Testing
import TreenityLog
import TreenityProtocol
import TreenityTesting

/// Random stories, and a history of them told in another way: by the names of every address that a patch speaks of.
@Suite struct HistoryModelTests {
    private static let names = ["a", "ab", "/", "c"]

    private struct Story {
        var random: SeededGenerator

        mutating func below(_ bound: Int) -> Int { Int.random(in: 0..<bound, using: &random) }

        mutating func path() -> TreePath {
            (0..<below(4)).reduce(.root) { path, _ in path.appending(Name(stringLiteral: name())) }
        }

        mutating func name() -> String { HistoryModelTests.names[below(HistoryModelTests.names.count)] }

        mutating func value(_ depth: Int) -> JSONValue {
            guard depth > 0, below(4) != 0 else { return 1 }
            return .object((0..<below(4)).map { _ in JSONValue.Member(key: name(), value: value(depth - 1)) })
        }

        mutating func patch() -> Patch {
            switch below(8) {
            case 0: Patch(.add(value(2)), path())
            case 1...3: Patch(.edit(value(3)), path())
            case 4: Patch(.delete, path())
            case 5: Patch(.execute(1), path())
            default: Patch(.move(to: path()), path())
            }
        }
    }

    private func keys(_ path: TreePath) -> [String] { path.names.map(\.text) }

    /// The addresses of a value's members, itself included.
    private func addresses(_ value: JSONValue, at place: [String]) -> [[String]] {
        [place] + (value.members ?? []).flatMap { addresses($0.value, at: place + [$0.key]) }
    }

    private func concerns(_ patch: Patch, _ address: [String]) -> Bool {
        let place = keys(patch.path)
        switch patch.operation {
        case .add(let value), .edit(let value):
            return place.starts(with: address) || addresses(value, at: place).contains(address)
        case .execute: return place.starts(with: address)
        case .delete: return place.starts(with: address) || address.starts(with: place)
        case .move(let target):
            return place.starts(with: address) || address.starts(with: place) || keys(target).starts(with: address)
        }
    }

    private func model(_ story: [Patch], of path: TreePath) -> [Int] {
        var address = keys(path)
        return story.indices.reversed().filter { index in
            if case .move(let target) = story[index].operation, address.starts(with: keys(target)) {
                address = keys(story[index].path) + address.dropFirst(target.depth)
                return true
            }
            return concerns(story[index], address)
        }
    }

    @Test("A history is what the model tells, for each address of a story", arguments: 0..<60 as Range<UInt64>)
    func sameAsModel(seed: UInt64) {
        var source = Story(random: SeededGenerator(seed: seed))
        let story = (0..<60).map { _ in source.patch() }
        for _ in 0..<40 {
            let path = source.path()
            var walk = HistoryWalk(of: path)
            let found = story.indices.reversed().filter { walk.take(story[$0]) }
            #expect(found == model(story, of: path), "\(path) in \(story)")
        }
    }
}
