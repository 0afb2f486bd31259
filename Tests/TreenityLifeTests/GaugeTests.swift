import Testing
import TreenityProtocol

@testable import TreenityLife

@Suite("Gauges and names")
struct GaugeTests {
    @Test("A neighbouring step is noise, two steps are not, and rest is 0")
    func holdsStill() {
        var gauge = Gauge(.percent)
        #expect(
            [10.2, 11.0, 9.1, 11.4, 12.0, 11.0, 1.0, 0.3, 0.9].map { gauge.show($0) } == [
                10, 10, 10, 10, 12, 12, 1, 0, 0,
            ])
    }

    @Test("Large quantities move in large steps")
    func relative() {
        var gauge = Gauge(.rate)
        #expect(gauge.show(300) == 0)
        #expect(gauge.show(3_000) == 3_072)
        let large = gauge.show(100_000_000)
        #expect(gauge.show(105_000_000) == large)
        #expect(gauge.show(115_000_000) != large)
    }

    @Test("Whatever is measured, nothing overflows", arguments: [-1, 0, 1e-9, 1e18, 1e300, .infinity, -.infinity])
    func extremes(measured: Double) {
        var gauge = Gauge(.memory)
        #expect(gauge.show(measured) >= 0)
        #expect(gauge.show(0) == 0)
    }

    @Test(
        "Any text gives a name",
        arguments: ["eth0", "", ".", "..", "a\u{1B}[2J\n", "$text", "日本", "x/y", String(repeating: "é", count: 200)])
    func names(text: String) {
        let name = Name(cleaning: text)
        #expect(Name.isValid(name.text))
        #expect(name.text != TextEdit.key)
        if Name.isValid(text), text != TextEdit.key { #expect(name.text == text) }
    }

    @Test("Of equal names in a subtree the last counts")
    func equalNames() {
        let entries: [Subtree.Entry] = [
            .init(name: "a", item: .number(1)), .init(name: "b", item: .number(2)), .init(name: "a", item: .node([:])),
        ]
        #expect(Subtree(entries).json == ["a": [:], "b": 2])
    }
}
