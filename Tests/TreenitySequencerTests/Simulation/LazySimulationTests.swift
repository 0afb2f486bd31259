import Testing
import TreenityTesting

@Suite("Simulation of a client that shows parts of a tree")
struct LazySimulationTests {
    @Test(
        "What it shows is true all the time, and what is in doubt becomes certain", arguments: Fuzz.seeds(8))
    func truth(_ seed: UInt64) {
        var simulation = LazySimulation(seed: seed)
        for _ in 0..<600 {
            simulation.step()
            simulation.expectTruth()
        }
        simulation.settle()
        simulation.expectAgreement()
        simulation.unfoldAll()
        simulation.expectAgreement()
        simulation.expectWhole()
    }

    @Test("All that is the point of it happens again and again")
    func tally() {
        var tally: [String: Int] = [:]
        for seed in 0..<12 as Range<UInt64> {
            var simulation = LazySimulation(seed: seed)
            for _ in 0..<600 { simulation.step() }
            tally.merge(simulation.tally, uniquingKeysWith: +)
        }
        for what in ["folded", "asked", "resumed", "renewed", "loaded", "passed over", "waited", "doubted"] {
            #expect(tally[what, default: 0] >= 10, "\(what) in \(tally)")
        }
    }
}
