/// The colours that xterm's numbers stand for, and which number comes nearest to a colour.
enum XtermColors {
    typealias RGB = (red: UInt8, green: UInt8, blue: UInt8)

    /// The first sixteen as xterm has them by itself. Users change them; nothing better is known.
    static let sixteen: [RGB] = [
        (0, 0, 0), (205, 0, 0), (0, 205, 0), (205, 205, 0), (0, 0, 238), (205, 0, 205), (0, 205, 205), (229, 229, 229),
        (127, 127, 127), (255, 0, 0), (0, 255, 0), (255, 255, 0), (92, 92, 255), (255, 0, 255), (0, 255, 255),
        (255, 255, 255),
    ]

    /// The one of the first sixteen that is nearest. A dark colour is for a light background, on which green, yellow and cyan
    /// could hardly be read.
    static func nearestOf16(_ color: RGB) -> Int {
        let isDark = brightness(color) < 800
        return sixteen.indices.lazy.filter { !isDark || !paleOnWhite.contains($0) }
            .min { distance(sixteen[$0], color) < distance(sixteen[$1], color) } ?? 0
    }

    private static let paleOnWhite = [2, 3, 6, 10, 11, 14]

    /// From 0 to 2,550.
    static func brightness(_ color: RGB) -> Int { Int(color.red) * 3 + Int(color.green) * 6 + Int(color.blue) }

    /// The one of 16 to 255 that is nearest: those are the same everywhere.
    static func nearestOf256(_ color: RGB) -> Int {
        let (red, green, blue) = (level(color.red), level(color.green), level(color.blue))
        let inCube = (red: levels[red], green: levels[green], blue: levels[blue])
        let grey = nearestGrey(color)
        let ofGrey = UInt8(8 + 10 * grey)
        if distance((ofGrey, ofGrey, ofGrey), color) < distance(inCube, color) { return 232 + grey }
        return 16 + 36 * red + 6 * green + blue
    }

    /// The steps of a channel of the cube.
    private static let levels: [UInt8] = [0, 95, 135, 175, 215, 255]

    private static func level(_ channel: UInt8) -> Int {
        switch channel {
        case ..<48: 0
        case ..<115: 1
        default: (Int(channel) - 35) / 40
        }
    }

    /// The step of 24, from 8 to 238 by tens, that is nearest to the mean of the channels.
    private static func nearestGrey(_ color: RGB) -> Int {
        let mean = (Int(color.red) + Int(color.green) + Int(color.blue)) / 3
        return min(23, max(0, (mean - 3) / 10))
    }

    private static func distance(_ one: RGB, _ other: RGB) -> Int {
        func square(_ one: UInt8, _ other: UInt8) -> Int { (Int(one) - Int(other)) * (Int(one) - Int(other)) }
        return square(one.red, other.red) + square(one.green, other.green) + square(one.blue, other.blue)
    }
}
