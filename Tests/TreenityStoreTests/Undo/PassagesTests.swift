import Testing
import TreenityProtocol
import TreenityTesting

@testable import TreenityStore

@Suite("What changed addresses")
struct PassagesTests {
    private static let names: [Name] = ["a", "b", "c"]

    private func path(_ random: inout SeededGenerator) -> TreePath {
        TreePath.root.appending(
            (0..<Int.random(in: 1...4, using: &random)).map { _ in
                Self.names[Int.random(in: Self.names.indices, using: &random)]
            })
    }

    @Test("An address is carried as if each were looked at", arguments: Fuzz.seeds(200))
    func likeOneByOne(seed: UInt64) {
        var random = SeededGenerator(seed: seed)
        let first = Int.random(in: 0...5, using: &random)
        let passages = (0..<40).map { place -> Passage in
            switch Int.random(in: 0..<10, using: &random) {
            case 0..<5: .moved(Relocation(from: path(&random), to: path(&random)))
            case 5..<8: .removed(path(&random), number: first + place)
            case 8: .restored(number: Int.random(in: first...first + place, using: &random))
            default: .withdrawn
            }
        }
        let all = Passages(passages, first: first)
        for _ in 0..<50 {
            let place = Int.random(in: 0...passages.count, using: &random)
            let path = path(&random)
            let address = Bool.random(using: &random) ? DeedAddress(path) : DeedAddress(gap: path, restored: [path])
            #expect(
                all.carry(address, from: first + place) == passages[place...].reduce(address) { $0.passing($1) })
        }
    }
}
