import Testing
import TreenityProtocol
import TreenityStore

@testable import TreenityUI

@Suite("The mouse")
struct MouseTests {
    private func person(columns: Int = 100, rows: Int = 24) -> Person {
        var person = Person(columns: columns, rows: rows)
        person.press("zR")
        return person
    }

    @Test("every cell of every pane is found where it is drawn", arguments: [(120, 36), (80, 24), (40, 9), (20, 5)])
    func places(columns: Int, rows: Int) {
        let person = person(columns: columns, rows: rows)
        let frames = person.model.frames
        var found: [Pane: Int] = [:]
        for row in 0..<rows {
            for column in 0..<columns {
                guard let place = frames.place(at: Screen.Position(row: row, column: column)) else { continue }
                found[place.pane, default: 0] += 1
                #expect(place.row < rows && place.column < columns)
            }
        }
        for (pane, size) in [(Pane.tree, frames.tree), (.inspector, frames.inspector), (.feed, frames.feed)] {
            #expect(found[pane, default: 0] == (size.map { $0.rows * $0.columns } ?? 0))
        }
        #expect(frames.place(at: Screen.Position(row: 0, column: 0)) == nil)
    }

    @Test("a click puts the cursor on what is under it") func click() {
        var person = person()
        person.click(on: "Flyer")
        #expect(person.screen.contains("tree/spaces/marketing/tasks/10 "))
        #expect(
            person.model.outline.node.map { person.model.tree.path(of: $0).text } == "tree/spaces/marketing/tasks/10")
    }

    @Test("a click on the marker folds and unfolds") func marker() throws {
        var person = person()
        let row = try #require(person.rowNumber(with: "▾ marketing"))
        let column = try #require(person.row(with: "▾ marketing")).prefix { $0 != "▾" }.count
        person.click(row: row, column: column)
        #expect(person.screen.contains("▸ marketing") && !person.screen.contains("Flyer"))
        person.wait(milliseconds: 1_000)
        person.click(row: row, column: column)
        #expect(person.screen.contains("Flyer"))
    }

    @Test("a second click on the same node opens it, wherever it has gone meanwhile") func doubleClick() throws {
        var person = person()
        person.click(on: "campaigns")
        person.receive(.add(["a": "b"]), "tree/spaces/marketing/briefs")
        person.click(on: "campaigns")
        #expect(person.screen.contains("▸ campaigns"))
    }

    @Test("a second click on another node opens nothing, even at the same place") func notDouble() throws {
        var person = person()
        person.click(on: "campaigns")
        let row = try #require(person.treeRowNumber(with: "campaigns"))
        // The rows below move up into its place.
        person.receive(.delete, "tree/spaces/marketing/campaigns")
        person.press("j")
        let next = try #require(person.treeRowNumber(with: "tasks"))
        #expect(next == row)
        person.click(row: row, column: 30)
        #expect(person.screen.contains("▾ tasks"))
    }

    @Test("two clicks with a rest between them are two") func slow() {
        var person = person()
        person.click(on: "campaigns")
        person.wait(milliseconds: 600)
        person.click(on: "campaigns")
        #expect(person.screen.contains("▾ campaigns"))
    }

    @Test("the wheel scrolls every page that lies over the panes", arguments: ["?", "<Tab><Tab>kl"])
    func wheelOverPage(_ keys: String) {
        var person = person(columns: 40, rows: 12)
        person.receive(.edit(["name": "Theirs"]), "tree/spaces/marketing/tasks/101")
        person.press(keys)
        #expect(person.row(with: " — 1-9/") != nil)
        for _ in 0..<2 { person.happen(.terminal(.mouse(Mouse(.wheelDown, at: Screen.Position(row: 4, column: 5))))) }
        person.happen(.terminal(.mouse(Mouse(.wheelUp, at: Screen.Position(row: 4, column: 5)))))
        #expect(person.row(with: " — 4-12/") != nil)
    }

    @Test("the wheel scrolls the pane under it and leaves the keyboard where it is") func wheel() throws {
        var person = Person(rows: 14)
        person.press("zR")
        let first = person.treeRowNumber(with: "spaces")
        person.happen(.terminal(.mouse(Mouse(.wheelDown, at: Screen.Position(row: 4, column: 5)))))
        #expect(person.treeRowNumber(with: "spaces") != first)
        let focus = person.model.focus
        person.happen(.terminal(.mouse(Mouse(.wheelUp, at: Screen.Position(row: 4, column: 90)))))
        #expect(person.model.focus == focus)
    }

    @Test("a click into another pane takes the keyboard there") func focus() throws {
        var person = person()
        person.click(on: "Flyer")
        let row = try #require(person.rowNumber(with: "status"))
        person.click(row: row, column: 70)
        #expect(person.model.focus == .inspector)
        #expect(person.model.inspectedProperty == "status")
    }

    @Test("while something is typed, the mouse does nothing") func dialog() {
        var person = person()
        person.press("/fly")
        let before = person.screen
        person.click(on: "campaigns")
        #expect(person.screen == before)
    }

    @Test("gm leaves the mouse to the terminal, and takes it again") func toggle() {
        var person = person()
        person.press("gm")
        #expect(person.takeEffects().contains(.terminal(.reportMouse(false))))
        person.press("gm")
        #expect(person.takeEffects().contains(.terminal(.reportMouse(true))))
    }
}

extension Person {
    fileprivate mutating func click(row: Int, column: Int) {
        happen(.terminal(.mouse(Mouse(.press, at: Screen.Position(row: row, column: column)))))
    }

    /// Clicks on a text of the tree's pane.
    fileprivate mutating func click(on text: String) {
        guard let row = treeRowNumber(with: text), let line = treeRow(with: text), let place = line.firstRange(of: text)
        else { return }
        click(row: row, column: 1 + line.distance(from: line.startIndex, to: place.lowerBound))
    }
}
