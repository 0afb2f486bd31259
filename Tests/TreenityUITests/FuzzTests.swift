import Foundation
import Testing
import TreenityProtocol
import TreenityStore

@testable import TreenityUI

@Suite("Random keys and random patches")
struct FuzzTests {
    /// How many steps all schedules have together: seconds by default, `TREENITY_FUZZ_STEPS` for more.
    private static let steps = ProcessInfo.processInfo.environment["TREENITY_FUZZ_STEPS"].flatMap(Int.init) ?? 2_400
    private static let schedules = 6

    @Test("trap nowhere, leave the cursor on a live node or its ghost, the view at its size", arguments: 1...6)
    func schedule(_ seed: UInt64) {
        var world = FuzzWorld(seed: seed)
        for step in 0..<FuzzTests.steps / FuzzTests.schedules {
            let happened = world.step()
            if let complaint = world.complaint {
                Issue.record("schedule \(seed), step \(step), after \(happened): \(complaint)")
                return
            }
        }
        world.settle()
        #expect(world.complaint == nil)
    }

    @Test("go the same way twice")
    func determinism() {
        var screens: [String] = []
        for _ in 0..<2 {
            var world = FuzzWorld(seed: 7)
            for _ in 0..<300 { _ = world.step() }
            screens.append(world.model.view().text)
        }
        #expect(screens[0] == screens[1])
    }
}
