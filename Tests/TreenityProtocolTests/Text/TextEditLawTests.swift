import Testing
import TreenityProtocol
import TreenityTesting

@Suite("Laws of text edits")
struct TextEditLawTests {
    private static let rounds = 40

    @Test("Two concurrent edits lead to one text, whichever comes first", arguments: Fuzz.seeds(12))
    func convergence(_ seed: UInt64) {
        check(seed) { random, text in
            let (one, other) = (random.edit(of: text), random.edit(of: text))
            let onesWay = one.applied(to: text).flatMap(other.transformed(over: one, admitted: .later).applied)
            let othersWay = other.applied(to: text).flatMap(one.transformed(over: other, admitted: .earlier).applied)
            #expect(
                onesWay != nil && onesWay?.bytes == othersWay?.bytes, "\(one) and \(other) on \(text.debugDescription)")
        }
    }

    @Test("A composition does what its parts do", arguments: Fuzz.seeds(12))
    func composition(_ seed: UInt64) throws {
        try check(seed) { random, text in
            let first = random.edit(of: text)
            let between = try #require(first.applied(to: text))
            let second = random.edit(of: between)
            let both = first.composed(with: second)
            #expect(both.applied(to: text)?.bytes == second.applied(to: between)?.bytes, "\(first), \(second)")
        }
    }

    @Test("Composing is associative", arguments: Fuzz.seeds(12))
    func associativity(_ seed: UInt64) throws {
        try check(seed) { random, text in
            let first = random.edit(of: text)
            let afterFirst = try #require(first.applied(to: text))
            let second = random.edit(of: afterFirst)
            let third = random.edit(of: try #require(second.applied(to: afterFirst)))
            #expect(
                first.composed(with: second).composed(with: third)
                    == first.composed(with: second.composed(with: third)), "\(first), \(second), \(third)")
        }
    }

    @Test("To be carried over a composition is to be carried over its parts", arguments: Fuzz.seeds(12))
    func transformingOverComposition(_ seed: UInt64) throws {
        try check(seed) { random, text in
            let first = random.edit(of: text)
            let second = random.edit(of: try #require(first.applied(to: text)))
            let edit = random.edit(of: text)
            #expect(
                edit.transformed(over: first.composed(with: second), admitted: .later)
                    == edit.transformed(over: first, admitted: .later).transformed(over: second, admitted: .later),
                "\(edit) over \(first), \(second)")
        }
    }

    @Test("A composition is carried over an edit part by part", arguments: Fuzz.seeds(12))
    func transformingComposition(_ seed: UInt64) throws {
        try check(seed) { random, text in
            // Where the first part removes something, a composition says less than its parts: see `composed(with:)`.
            let first = TextEdit(random.edit(of: text).steps.filter { if case .delete = $0 { false } else { true } })
            let second = random.edit(of: try #require(first.applied(to: text)))
            let other = random.edit(of: text)
            let otherAfterFirst = other.transformed(over: first, admitted: .earlier)
            let whole = first.composed(with: second).transformed(over: other, admitted: .later)
            let parts = first.transformed(over: other, admitted: .later).composed(
                with: second.transformed(over: otherAfterFirst, admitted: .later))
            #expect(whole.normalized == parts.normalized, "\(first), \(second) over \(other)")
        }
    }

    @Test("An edit and then its inverse leave the text as it was", arguments: Fuzz.seeds(12))
    func inversion(_ seed: UInt64) throws {
        try check(seed) { random, text in
            let edit = random.edit(of: text)
            let edited = try #require(edit.applied(to: text))
            let inverse = try #require(edit.inverted(on: text))
            #expect(inverse.applied(to: edited)?.bytes == text.bytes, "\(edit) on \(text.debugDescription)")
            #expect(inverse.inverted(on: edited)?.normalized == edit.normalized, "\(edit) on \(text.debugDescription)")
        }
    }

    @Test("The normal form does the same, and is its own normal form", arguments: Fuzz.seeds(12))
    func normalForm(_ seed: UInt64) {
        check(seed) { random, text in
            let edit = random.edit(of: text)
            #expect(edit.normalized.applied(to: text)?.bytes == edit.applied(to: text)?.bytes, "\(edit)")
            #expect(edit.normalized.normalized == edit.normalized, "\(edit)")
            #expect(edit.composed(with: TextEdit([])).normalized == edit.normalized, "\(edit)")
            #expect(edit.isEmpty == edit.normalized.steps.isEmpty, "\(edit)")
            #expect(TextEdit(edit.normalized.json) == edit.normalized, "\(edit)")
        }
    }

    @Test("The difference of two texts leads from one to the other", arguments: Fuzz.seeds(12))
    func difference(_ seed: UInt64) {
        check(seed) { random, text in
            let other = random.once(in: 4) ? random.text() : random.keystroke(in: text).applied(to: text) ?? ""
            let edit = TextEdit.between(text, other)
            #expect(
                edit.applied(to: text)?.bytes == other.bytes, "\(text.debugDescription) to \(other.debugDescription)")
            #expect(edit == edit.normalized)
        }
    }

    @Test("A position goes where something inserted there would go", arguments: Fuzz.seeds(12))
    func positions(_ seed: UInt64) {
        check(seed) { random, text in
            let edit = random.edit(of: text)
            let place = random.below(text.unicodeScalars.count + 1)
            let mark = TextEdit([.keep(place), .insert("|")])
            for (gravity, precedence) in [(.left, .earlier), (.right, .later)]
                as [(TextEdit.Gravity, TextEdit.Precedence)]
            {
                #expect(
                    mark.transformed(over: edit, admitted: precedence)
                        == TextEdit([.keep(edit.position(place, gravity: gravity)), .insert("|")]).normalized,
                    "\(edit) at \(place)")
            }
        }
    }

    @Test("No steps, however wild, end the program", arguments: Fuzz.seeds(12))
    func hostileSteps(_ seed: UInt64) {
        check(seed) { random, text in
            let (one, other) = (TextEdit(random.hostileSteps()), TextEdit(random.hostileSteps()))
            let edits = [
                one.composed(with: other), one.transformed(over: other, admitted: .earlier),
                other.transformed(over: one, admitted: .later), one.normalized, other,
            ]
            for edit in edits {
                #expect((edit.applied(to: text) == nil) == (edit.inverted(on: text) == nil), "\(edit)")
                #expect(edit.position(.max, gravity: .right) >= 0)
                #expect(edit.position(.min, gravity: .left) >= 0)
                #expect(TextEdit(edit.json) != nil)
            }
        }
    }

    private func check(_ seed: UInt64, _ law: (inout RandomText, String) throws -> Void) rethrows {
        var random = RandomText(seed: seed)
        for _ in 0..<Self.rounds {
            let text = random.text()
            try law(&random, text)
        }
    }
}
