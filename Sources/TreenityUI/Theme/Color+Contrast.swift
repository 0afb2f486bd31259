extension Color {
    /// The contrast to another colour, from 1 (the same) to 21 (black and white), as WCAG 2 defines it; `nil` where one of
    /// them is whatever the terminal has.
    func contrast(to other: Color) -> Double? {
        guard let one = luminance, let other = other.luminance else { return nil }
        return (max(one, other) + 0.05) / (min(one, other) + 0.05)
    }

    /// This colour, or the nearest towards black or white that can be read on a background: with the contrast that WCAG 2
    /// asks of text at its level AA.
    func legible(on background: Color) -> Color {
        guard let behind = background.luminance, case .rgb(let red, let green, let blue) = self else { return self }
        // On any colour, one of the two has a contrast of 4.58 or more.
        let goal: UInt8 = behind < Color.middle ? 255 : 0
        for step in 0...Color.steps {
            func mix(_ channel: UInt8) -> UInt8 {
                UInt8((Int(channel) * (Color.steps - step) + Int(goal) * step) / Color.steps)
            }
            let color = Color.rgb(mix(red), mix(green), mix(blue))
            if (color.contrast(to: background) ?? 0) >= Color.minimumContrast { return color }
        }
        return .rgb(goal, goal, goal)
    }

    /// Whether dark text is easier to read on it than light text.
    var isLight: Bool { (luminance ?? 0) >= Color.middle }

    /// The luminance that has the same contrast to black and to white: (x + 0.05)² = 1.05 · 0.05.
    private static let middle = 0.179

    /// What WCAG 2 asks of text (1.4.3).
    static let minimumContrast = 4.5
    private static let steps = 32

    /// From 0 (black) to 1 (white); `nil` where the terminal decides.
    var luminance: Double? {
        guard case .rgb(let red, let green, let blue) = self else { return nil }
        return 0.2126 * Color.linear[Int(red)] + 0.7152 * Color.linear[Int(green)] + 0.0722 * Color.linear[Int(blue)]
    }

    /// Light by the value of a channel (sRGB, IEC 61966-2-1).
    private static let linear: [Double] = (0...255).map { value in
        let channel = Double(value) / 255
        guard channel > 0.04045 else { return channel / 12.92 }
        let base = (channel + 0.055) / 1.055
        // base to the power of 2.4, without a library of mathematics: its square, and that one's fifth root by Newton.
        let square = base * base
        var root = 1.0
        for _ in 0..<24 {
            let fourth = root * root * root * root
            root -= (fourth * root - square) / (5 * fourth)
        }
        return square * root
    }
}
