internal import TreenityUI

/// Maps styles to what a terminal can show.
struct Palette: Equatable {
    /// The colours that there are.
    let depth: ColorDepth
    /// Whether the terminal's default colours can be used beside the numbered ones.
    let hasDefaults: Bool

    /// A style as this terminal shows it best.
    ///
    /// - Parameter base: the style of the screen. Without colours, a background other than this one's becomes reverse.
    func rendition(of style: Style, on base: Style) -> Rendition {
        var rendition = Rendition(attributes: style.attributes.subtracting(.struck))
        if style.attributes.contains(.struck) { rendition.attributes.insert(.dim) }
        if depth == .monochrome {
            if style.background != base.background { rendition.attributes.formSymmetricDifference(.reverse) }
            return rendition
        }
        rendition.background = background(style.background)
        setForeground(style.foreground, of: &rendition)
        // Black on the terminal's own background is its own text, of which the bold one is not grey.
        if depth != .rgb, rendition.foreground == 0, style.background == .terminalDefault, hasDefaults {
            rendition.foreground = -1
        }
        // Two colours that became one would hide the text.
        if rendition.foreground == rendition.background, rendition.foreground >= 0,
            style.foreground != style.background
        {
            rendition.foreground = isDark(style.background) ? white : 0
        }
        return rendition
    }

    private func setForeground(_ color: Color, of rendition: inout Rendition) {
        guard depth == .eight, let number = number(color, of: 16), number >= 8 else {
            rendition.foreground = number(color) ?? (hasDefaults ? -1 : white)
            return
        }
        // Of eight, bold ones are bright. Bold black is still black on some: grey is a weaker white.
        rendition.attributes.insert(number == 8 ? .dim : .bold)
        rendition.foreground = number == 8 ? white : number - 8
    }

    private func background(_ color: Color) -> Int {
        guard let number = number(color) else { return hasDefaults ? -1 : 0 }
        return number
    }

    /// The number of a colour at this depth; `nil` for the terminal's default.
    private func number(_ color: Color) -> Int? {
        switch depth {
        case .monochrome: nil
        // As a background, dark grey is nearer to black than to anything else.
        case .eight: number(color, of: 16).map { $0 % 8 }
        case .sixteen: number(color, of: 16)
        case .palette256: number(color, of: 256)
        case .rgb: direct(color)
        }
    }

    private func number(_ color: Color, of count: Int) -> Int? {
        switch color {
        case .terminalDefault: nil
        case .ansi(let number): Int(number % 16)
        case .rgb(let red, let green, let blue):
            count == 16 ? XtermColors.nearestOf16((red, green, blue)) : XtermColors.nearestOf256((red, green, blue))
        }
    }

    /// All channels in one number, of which terminfo's "direct" terminals take the first eight for ANSI's.
    private func direct(_ color: Color) -> Int? {
        switch color {
        case .terminalDefault: return nil
        case .ansi(let number) where number < 8: return Int(number)
        case .ansi(let number):
            let color = XtermColors.sixteen[Int(number % 16)]
            return direct(.rgb(color.red, color.green, color.blue))
        case .rgb(let red, let green, let blue): return max(8, Int(red) << 16 | Int(green) << 8 | Int(blue))
        }
    }

    private var white: Int { depth == .rgb ? 0xFFFFFF : 7 }

    private func isDark(_ color: Color) -> Bool {
        guard let number = number(color, of: 16) else { return true }
        return XtermColors.brightness(XtermColors.sixteen[number]) < 1280
    }
}
