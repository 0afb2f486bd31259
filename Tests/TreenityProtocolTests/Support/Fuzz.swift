import Foundation

/// How long tests with random input run: `TREENITY_FUZZ=N` in the environment makes them N times as long.
enum Fuzz {
    static func rounds(_ usual: Int) -> Int {
        let factor = ProcessInfo.processInfo.environment["TREENITY_FUZZ"].flatMap(Int.init) ?? 1
        return usual * max(factor, 1)
    }
}
