import Testing
import TreenityProtocol
import TreenityTesting

@Suite("Simulation of a server and its optimistic clients")
struct SimulationTests {
    @Test(
        "Whatever the connections do, everyone ends with the tree of the server, and no edit is lost or done twice",
        arguments: Fuzz.seeds(12))
    func quiescence(_ seed: UInt64) {
        var simulation = Simulation(seed: seed)
        for step in 0..<150 {
            simulation.step()
            guard step % 8 == 0 else { continue }
            simulation.expectConfirmed()
            simulation.expectForesight()
        }
        simulation.settle()
        simulation.expectAgreement()
    }
}
