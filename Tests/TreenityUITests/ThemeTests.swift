import Testing

@testable import TreenityUI

@Suite("Themes")
struct ThemeTests {
    @Test("the contrast is that of WCAG 2") func contrast() throws {
        let black = Color.rgb(0, 0, 0)
        let white = Color.rgb(255, 255, 255)
        #expect(abs(try #require(black.contrast(to: white)) - 21) < 1e-9)
        #expect(black.contrast(to: black) == 1)
        // The grey that is known as the lightest with a contrast of 4.5 on white.
        #expect(try #require(Color.rgb(0x76, 0x76, 0x76).contrast(to: white)) >= 4.5)
        #expect(try #require(Color.rgb(0x77, 0x77, 0x77).contrast(to: white)) < 4.5)
        #expect(Color.ansi(1).contrast(to: white) == nil)
    }

    @Test("any colour can be made legible on any other, and what is legible stays as it is")
    func legible() throws {
        var random = SystemRandomNumberGenerator()
        func color() -> Color { .rgb(.random(in: 0...255, using: &random), .random(in: 0...255), .random(in: 0...255)) }
        for _ in 0..<2_000 {
            let (one, other) = (color(), color())
            let made = one.legible(on: other)
            #expect(try #require(made.contrast(to: other)) >= 4.5, "\(one) on \(other)")
            if try #require(one.contrast(to: other)) >= 4.5 { #expect(made == one) }
        }
        #expect(Color.ansi(3).legible(on: .terminalDefault) == .ansi(3))
    }

    @Test("on a light terminal all that has a colour can be read")
    func lightTerminal() throws {
        let theme = Theme.lightTerminal
        let coloured = [
            theme.added, theme.edited, theme.moved, theme.deleted, theme.executed, theme.good, theme.warning,
            theme.failure, theme.key, theme.number, theme.literal, theme.title,
        ]
        // White, and what is thought pleasant instead.
        for background in [Color.rgb(255, 255, 255), .rgb(0xFD, 0xF6, 0xE3), .rgb(0xEE, 0xEE, 0xEE)] {
            for style in coloured {
                #expect(try #require(style.foreground.contrast(to: background)) >= Color.minimumContrast)
            }
        }
        #expect(theme.text == Theme.terminal.text)
    }

    @Test("the background chooses between two looks, and where it is not known, COLORFGBG does")
    func background() {
        let pair = ThemePair(dark: "night", light: "day")
        #expect(pair.name(on: .rgb(20, 24, 29)) == "night")
        #expect(pair.name(on: .rgb(251, 250, 247)) == "day")
        #expect(pair.name(on: .terminalDefault) == "night")
        let said = [("15;0", "night"), ("0;15", "day"), ("0;default;15", "day"), ("12;8", "night"), ("", "night")]
        for (text, name) in said { #expect(pair.name(foregroundAndBackground: text) == name) }
        #expect(pair.name(foregroundAndBackground: nil) == "night")
    }

    @Test("a light background that is reported later asks for the light look, once")
    func later() {
        var person = Person()
        person.model.settings.themesByBackground = ThemePair(dark: "night", light: "day")
        person.model.settings.themeName = "night"
        person.happen(.terminal(.background(.rgb(0, 0, 0))))
        #expect(!person.takeEffects().contains(.loadTheme("night")))
        person.happen(.terminal(.background(.rgb(255, 255, 255))))
        #expect(person.takeEffects().contains(.loadTheme("day")))
    }

    @Test("in the row under the cursor the name alone is marked, or all of it") func cursorMark() throws {
        var person = Person()
        person.press("zR")
        func marked() -> String {
            person.model.view().lines.flatMap(\.spans).filter { $0.style.attributes.contains(.reverse) }
                .map(\.text).joined()
        }
        person.press("j")
        #expect(marked().contains("spaces"))
        let name = marked()
        person.model.settings.cursor = .row
        #expect(marked().count > name.count + 40)
        let bar = person.model.view().lines.flatMap(\.spans).filter { $0.style.attributes.contains(.reverse) }
        // One colour behind all of it.
        #expect(bar.allSatisfy { $0.style.foreground == .terminalDefault && $0.style.background == .terminalDefault })
    }
}
