import ArgumentParser

/// A time span as people write it: `30d`, `12h`, `15m`, `90s`.
struct Age: ExpressibleByArgument, Hashable, CustomStringConvertible {
    let seconds: Int

    private static let units: KeyValuePairs = ["w": 604_800, "d": 86_400, "h": 3_600, "m": 60, "s": 1]

    init(seconds: Int) {
        self.seconds = seconds
    }

    init?(argument: String) {
        guard let unit = Age.units.first(where: { argument.hasSuffix($0.key) }),
            let count = Int(argument.dropLast()), count > 0, count < .max / unit.value
        else { return nil }
        seconds = count * unit.value
    }

    var duration: Duration { .seconds(seconds) }

    var description: String {
        let unit = Age.units.first { seconds % $0.value == 0 } ?? ("s", 1)
        return "\(seconds / unit.value)\(unit.key)"
    }
}

/// A number of bytes as people write it: `1GiB`, `64MiB`, `512KiB`, `2GB`, `1000`.
struct ByteCount: ExpressibleByArgument, Hashable, CustomStringConvertible {
    let bytes: Int

    private static let units: KeyValuePairs = [
        "TiB": 1 << 40, "GiB": 1 << 30, "MiB": 1 << 20, "KiB": 1 << 10, "TB": 1_000_000_000_000, "GB": 1_000_000_000,
        "MB": 1_000_000, "kB": 1_000, "B": 1,
    ]

    init(_ bytes: Int) {
        self.bytes = bytes
    }

    init?(argument: String) {
        let unit = ByteCount.units.first { argument.hasSuffix($0.key) } ?? ("", 1)
        guard let count = Int(argument.dropLast(unit.key.count)), count > 0, count < .max / unit.value else {
            return nil
        }
        bytes = count * unit.value
    }

    var description: String {
        let unit = ByteCount.units.first { bytes % $0.value == 0 } ?? ("B", 1)
        return "\(bytes / unit.value)\(unit.key)"
    }
}
