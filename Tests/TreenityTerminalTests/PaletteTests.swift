import Testing
import TreenityUI

@testable import TreenityTerminal

@Suite("Styles in a terminal's terms") struct PaletteTests {
    private static let plain = Style()

    private func rendition(
        _ foreground: Color, _ background: Color = .terminalDefault, _ attributes: Style.Attributes = [],
        at depth: ColorDepth, hasDefaults: Bool = true, base: Style = plain
    ) -> Rendition {
        let style = Style(foreground: foreground, background: background, attributes: attributes)
        return Palette(depth: depth, hasDefaults: hasDefaults).rendition(of: style, on: base)
    }

    @Test(
        "The depth follows from the number of colours",
        arguments: [
            (-1, ColorDepth.monochrome), (0, .monochrome), (2, .monochrome), (8, .eight), (16, .sixteen),
            (88, .sixteen),
            (256, .palette256), (1 << 24, .rgb),
        ])
    func depth(colors: Int, depth: ColorDepth) {
        #expect(ColorDepth(colors: colors) == depth)
    }

    @Test(
        "Of 256, the nearest of cube and greys is taken",
        arguments: [
            (Color.rgb(0, 0, 0), 16), (.rgb(255, 255, 255), 231), (.rgb(255, 0, 0), 196), (.rgb(95, 135, 175), 67),
            (.rgb(8, 8, 8), 232), (.rgb(238, 238, 238), 255), (.rgb(127, 127, 127), 244), (.rgb(60, 0, 0), 52),
            (.rgb(18, 18, 20), 233), (.rgb(250, 189, 47), 214), (.ansi(3), 3), (.ansi(11), 11),
        ] as [(Color, Int)])
    func of256(color: Color, number: Int) {
        #expect(rendition(color, at: .palette256).foreground == number)
    }

    @Test(
        "Of 16, the nearest is taken, and for black the text's own",
        arguments: [
            (Color.rgb(0, 0, 0), -1), (.rgb(255, 255, 255), 15), (.rgb(251, 73, 52), 9), (.rgb(200, 10, 10), 1),
            (.rgb(220, 220, 220), 7), (.rgb(120, 120, 130), 8), (.ansi(12), 12),
        ] as [(Color, Int)])
    func of16(color: Color, number: Int) {
        #expect(rendition(color, at: .sixteen).foreground == number)
    }

    @Test("On a light terminal of eight colours, what others do can be read")
    func lightOf8() {
        let theme = Theme.lightTerminal
        let styles = [theme.deleted, theme.moved, theme.edited, theme.added, theme.key, theme.executed]
        let renditions = styles.map {
            Palette(depth: .eight, hasDefaults: true).rendition(of: $0, on: Self.plain)
        }
        #expect(renditions.map(\.foreground) == [1, 4, 5, -1, 4, 5])
        #expect(rendition(.rgb(0, 0x70, 0), .rgb(255, 255, 255), at: .sixteen).foreground == 0)
        #expect(rendition(.rgb(0, 0xA0, 0), at: .sixteen).foreground == 2)
    }

    @Test("Of 8, the bright ones are bold, and grey is a weaker white")
    func of8() {
        #expect(rendition(.ansi(1), at: .eight) == Rendition(attributes: [], foreground: 1))
        #expect(rendition(.ansi(9), at: .eight) == Rendition(attributes: .bold, foreground: 1))
        #expect(rendition(.rgb(255, 0, 0), at: .eight) == Rendition(attributes: .bold, foreground: 1))
        #expect(rendition(.ansi(8), at: .eight) == Rendition(attributes: .dim, foreground: 7))
        #expect(rendition(.terminalDefault, .ansi(12), at: .eight) == Rendition(attributes: [], background: 4))
    }

    @Test("All colours are kept where there are all, beside ANSI's first eight")
    func ofAll() {
        #expect(rendition(.rgb(1, 2, 3), at: .rgb).foreground == 0x010203)
        #expect(rendition(.rgb(0, 0, 0), at: .rgb).foreground == 8)
        #expect(rendition(.ansi(7), at: .rgb).foreground == 7)
        #expect(rendition(.ansi(9), at: .rgb).foreground == 0xFF0000)
    }

    @Test("Two colours that fall together do not hide the text")
    func sameColor() {
        let dark = rendition(.rgb(30, 30, 30), .rgb(10, 10, 10), at: .sixteen)
        #expect(dark == Rendition(attributes: [], foreground: 7, background: 0))
        let bright = rendition(.rgb(250, 250, 250), .rgb(255, 255, 255), at: .sixteen)
        #expect(bright == Rendition(attributes: [], foreground: 0, background: 15))
        // Hidden on purpose.
        #expect(rendition(.ansi(0), .ansi(0), at: .sixteen).foreground == 0)
    }

    @Test("The terminal's own colours are used where it lets them, white on black otherwise")
    func defaults() {
        #expect(rendition(.terminalDefault, at: .palette256) == Rendition(attributes: []))
        let numbered = rendition(.terminalDefault, at: .eight, hasDefaults: false)
        #expect(numbered == Rendition(attributes: [], foreground: 7, background: 0))
    }

    @Test("Without colours, another background than the screen's is reverse")
    func monochrome() {
        let base = Style(foreground: .ansi(7), background: .rgb(1, 2, 3))
        #expect(
            rendition(.ansi(1), base.background, .bold, at: .monochrome, base: base) == Rendition(attributes: .bold))
        #expect(rendition(.ansi(1), .ansi(4), at: .monochrome, base: base) == Rendition(attributes: .reverse))
        #expect(rendition(.ansi(1), .ansi(4), .reverse, at: .monochrome, base: base) == Rendition(attributes: []))
    }

    @Test("Struck text is dim, and the other attributes stay")
    func struck() {
        #expect(rendition(.ansi(1), .terminalDefault, [.struck, .italic], at: .sixteen).attributes == [.dim, .italic])
    }
}
