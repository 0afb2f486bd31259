import Foundation

/// How much the property-based tests do. They take their seeds as arguments, so that a failure names the seed.
///
/// `TREENITY_FUZZ=100` runs a hundred times as many rounds; `TREENITY_SEED=7` runs the one with this seed alone.
public enum Fuzz {
    private static let environment = ProcessInfo.processInfo.environment
    private static let factor = max(environment["TREENITY_FUZZ"].flatMap(Int.init) ?? 1, 1)

    /// So many rounds, times what the environment asks for.
    public static func rounds(_ number: Int) -> Int {
        number * factor
    }

    /// The seeds of so many rounds; each round is the same on every run.
    public static func seeds(_ number: Int) -> Range<UInt64> {
        if let seed = environment["TREENITY_SEED"].flatMap(UInt64.init) { return seed..<seed + 1 }
        return 0..<UInt64(rounds(number))
    }
}
