import Testing
import TreenityProtocol
import TreenityTesting

@Suite("Random paths")
struct PathModelTests {
    /// The rules for paths, as plainly as they can be written.
    private func canonical(_ text: String) -> String? {
        var segments = text.unicodeScalars.split(separator: "/", omittingEmptySubsequences: false).map { String($0) }
        if text.isEmpty { return nil }
        if text == "/" { return "tree" }
        if segments[0].isEmpty { segments[0] = "tree" }
        if segments.count > 1, segments[segments.count - 1].isEmpty { segments.removeLast() }
        guard segments[0] == "tree", segments.count <= 128, segments.allSatisfy(isName) else { return nil }
        return segments.joined(separator: "/")
    }

    private func isName(_ segment: String) -> Bool {
        var name = String.UnicodeScalarView()
        var isEscaped = false
        for scalar in segment.unicodeScalars {
            if isEscaped {
                guard scalar == "0" || scalar == "1" else { return false }
                name.append(scalar == "0" ? "~" : "/")
                isEscaped = false
            } else if scalar == "~" {
                isEscaped = true
            } else {
                name.append(scalar)
            }
        }
        let isControl = name.contains { $0.value < 0x20 || 0x7F...0x9F ~= $0.value }
        return !isEscaped && !isControl && 1...255 ~= String(name).utf8.count && ![".", ".."].contains(String(name))
    }

    @Test("A path is taken exactly when the rules allow it", arguments: 0..<8 as Range<UInt64>)
    func rules(_ seed: UInt64) throws {
        var generator = SeededGenerator(seed: seed)
        let special = ["/", "/", "/", ".", ".", "..", "~0", "~1", "~", "\u{0}", "\u{1F}", "\u{7F}", "\u{85}", "é", " "]
        for _ in 0..<Fuzz.rounds(2_000) {
            var text = ["tree/", "tree/", "/", "tree", ""].randomElement(using: &generator) ?? ""
            for _ in 0..<Int.random(in: 0...30, using: &generator) {
                let isSpecial = Int.random(in: 0..<6, using: &generator) == 0
                text += isSpecial ? special.randomElement(using: &generator) ?? "" : "a"
            }
            let expected = canonical(text)
            #expect((try? TreePath(parsing: text))?.text == expected, "\(text.debugDescription)")
            #expect(decoded(text, using: &generator) == expected, "\(text.debugDescription)")
        }
    }

    /// The path as it comes out of a patch.
    private func decoded(_ text: String, using generator: inout SeededGenerator) -> String? {
        let written = RandomJSON.string(text, using: &generator).written
        return (try? decodePatch(#"{"operation":"DELETE","path":\#(written)}"#))?.path.text
    }

    @Test("What no name may hold is found at every place", arguments: 5..<40)
    func places(_ place: Int) {
        let plain = Array(("tree/" + String(repeating: "a", count: 35)).utf8)
        for wrong in ["\u{0}", "\u{1F}", "~", "\u{7F}", "\u{9F}", "//", "/./", "/../"] {
            let text = plain[..<place] + Array(wrong.utf8) + plain[place...]
            #expect(throws: PathError.self) { try TreePath(parsing: String(decoding: text, as: UTF8.self)) }
        }
        for right in ["~0", "~1", "é", "}", " ", "/.a/", "/a", "...", "\u{A0}"] {
            let text = String(decoding: plain[..<place] + Array(right.utf8) + plain[place...], as: UTF8.self)
            #expect(((try? TreePath(parsing: text))?.text == text) == !text.contains("//"))
        }
    }
}
