import Testing
import TreenityProtocol
import TreenityTesting

@testable import TreenityLife

@Suite("When life happens")
struct LifeTests {
    private let start = ContinuousClock.now

    @Test("The machine is looked at each second and the colleagues act every two to seven, each patch valid")
    func tenMinutes() {
        let fixture = Fixture()
        fixture.write("/proc/sys/kernel/hostname", "box")
        var life = Life(machine: MachineProbe(root: fixture.root))
        var generator = SeededGenerator(seed: 9)
        var model = TreeModel(Workspace.initial)
        var now = start
        var patches = 0
        while now < start + .seconds(600) {
            let elapsed = Int64(start.duration(to: now) / .seconds(1))
            fixture.write("/proc/loadavg", "\(elapsed % 7) 0 0 1/1 1")
            let before = model
            let moment = life.step(at: now, timestamp: Timestamp(milliseconds: elapsed), using: &generator) {
                before.json(at: $0)
            }
            for patch in moment.patches {
                #expect(model.apply(patch) == nil)
                if patch.sender != "machine" { patches += 1 }
            }
            #expect(moment.nextWake > now || moment.nextWake == now)
            #expect(moment.nextWake <= now + .seconds(1))
            now = moment.nextWake
        }
        #expect(2 * 600 / 7...2 * 600 / 2 ~= patches)
        #expect(model.json(at: "tree/hosts/box/load") != nil)
    }

    @Test("Who was late acts once and does not catch up")
    func late() {
        let fixture = Fixture()
        var life = Life(machine: MachineProbe(root: fixture.root), colleagues: [.ann])
        var generator = SeededGenerator(seed: 9)
        let model = TreeModel(Workspace.initial)
        func step(_ now: ContinuousClock.Instant) -> Life.Moment {
            life.step(at: now, timestamp: Timestamp(milliseconds: 0), using: &generator) { model.json(at: $0) }
        }
        #expect(step(start).nextWake == start + .seconds(1))
        let hourLater = start + .seconds(3_600)
        let moment = step(hourLater)
        #expect(moment.patches.count { $0.sender == "ann (simulated)" } == 1)
        #expect(moment.nextWake == hourLater + .seconds(1))
    }

    @Test("Of two who are due the second waits for what the first does")
    func oneAtATime() {
        var life = Life(machine: nil)
        var generator = SeededGenerator(seed: 9)
        let model = TreeModel(Workspace.initial)
        func step(_ now: ContinuousClock.Instant) -> Life.Moment {
            life.step(at: now, timestamp: Timestamp(milliseconds: 0), using: &generator) { model.json(at: $0) }
        }
        #expect(step(start).patches == [])
        let first = step(start + .seconds(10))
        #expect(first.patches.count == 1)
        #expect(first.nextWake <= start + .seconds(10))
        let second = step(start + .seconds(10))
        #expect(second.patches.count == 1)
        #expect(first.patches.first?.sender != second.patches.first?.sender)
        #expect(second.nextWake > start + .seconds(10))
    }

    @Test("What others did to the machine's node is set right within half a minute")
    func meddling() {
        let fixture = Fixture()
        fixture.write("/proc/sys/kernel/hostname", "box")
        var life = Life(machine: MachineProbe(root: fixture.root), colleagues: [])
        var generator = SeededGenerator(seed: 1)
        var model = TreeModel(["hosts": ["box": ["stray": 1]]])
        for second in 0..<31 {
            let before = model
            let moment = life.step(
                at: start + .seconds(second), timestamp: Timestamp(milliseconds: 0), using: &generator
            ) { before.json(at: $0) }
            for patch in moment.patches { #expect(model.apply(patch) == nil) }
            if second == 0 {
                #expect(model.json(at: "tree/hosts/box") == [:])
                #expect(model.apply(Patch(.delete, "tree/hosts")) == nil)
            }
        }
        #expect(model.json(at: "tree/hosts/box") == [:])
    }
}
