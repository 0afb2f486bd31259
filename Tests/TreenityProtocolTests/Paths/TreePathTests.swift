import Testing
import TreenityProtocol

@Suite("Paths")
struct TreePathTests {
    private static let longest = String(repeating: "a", count: 255)

    @Test(
        "A path is brought into canonical form",
        arguments: [
            ("tree", "tree"), ("tree/", "tree"), ("/", "tree"), ("tree/a", "tree/a"), ("tree/a/", "tree/a"),
            ("/a", "tree/a"),
            ("/a/", "tree/a"), ("/tree", "tree/tree"), ("/tree/", "tree/tree"), ("tree/tree", "tree/tree"),
            ("/spaces/x", "tree/spaces/x"), ("tree/a~1b/c~0d", "tree/a~1b/c~0d"), ("tree/ ", "tree/ "),
            ("tree/\u{301}", "tree/\u{301}"), ("/\u{301}a", "tree/\u{301}a"), ("tree/a\u{600}/", "tree/a\u{600}"),
            ("tree/" + longest, "tree/" + longest),
            ("tree/" + longest.dropFirst() + "~1", "tree/" + longest.dropFirst() + "~1"),
        ])
    func canonicalForm(_ written: String, _ canonical: String) throws {
        let path = try TreePath(parsing: written)
        #expect(path.text.unicodeScalars.elementsEqual(canonical.unicodeScalars))
        #expect(try TreePath(parsing: canonical) == path)
        #expect(TreePath.root.appending(path.names) == path)
    }

    @Test(
        "Anything else is no path",
        arguments: [
            "", "//", "///", "tree//", "tree//a", "//a", "/a//", "tree/a//", "a", "a/b", "Tree", "tre", "treee",
            " tree",
            "tree/.", "tree/..", "/.", "tree/a/../b", "./tree", "tree/~", "tree/a~", "tree/~2", "tree/~~0", "tr~0ee",
            "tree/~\u{301}", "tree/a\u{0}", "tree/\u{1F}", "tree/\u{7F}", "tree/\u{80}", "tree/\u{9F}", "/\u{85}a",
            "tree/" + longest + "a", "tree/" + longest + "~0",
        ])
    func invalidPaths(_ text: String) {
        #expect(throws: PathError.self) { try TreePath(parsing: text) }
    }

    @Test("A path has at most 128 segments, the root's included")
    func segmentLimit() throws {
        let below = String(repeating: "/a", count: 127)
        #expect(try TreePath(parsing: "tree" + below).depth == 127)
        #expect(try TreePath(parsing: below).depth == 127)
        #expect(try TreePath(parsing: below + "/").depth == 127)
        #expect(throws: PathError.self) { try TreePath(parsing: "tree/a" + below) }
        #expect(throws: PathError.self) { try TreePath(parsing: "/a" + below) }
    }

    @Test("A path gives its names, its last name and its parent")
    func parts() {
        let path: TreePath = "tree/a~1b/~0"
        #expect(path.names == ["a/b", "~"])
        #expect(path.name == "~")
        #expect(path.parent == "tree/a~1b")
        #expect(path.parent?.parent == .root)
        #expect(TreePath.root.parent == nil)
        #expect(TreePath.root.name == nil)
        #expect(TreePath.root.names == [])
        #expect(TreePath.root.isRoot)
        #expect(!path.isRoot)
    }

    @Test(
        "A path lies within itself and what is above it, by whole names",
        arguments: [
            ("tree/a/b", "tree/a", true), ("tree/a/b", "tree", true), ("tree/a", "tree/a", true),
            ("tree/ab", "tree/a", false),
            ("tree/a", "tree/a/b", false), ("tree/a\u{301}", "tree/a", false), ("tree/a~1b", "tree/a", false),
        ] as [(TreePath, TreePath, Bool)])
    func within(_ path: TreePath, _ other: TreePath, _ isWithin: Bool) {
        #expect(path.isWithin(other) == isWithin)
        #expect(path.isBelow(other) == (isWithin && path != other))
        #expect((path.names(from: other) != nil) == isWithin)
        #expect((path.replacing(other, with: "tree/new") != nil) == isWithin)
    }

    @Test("One end of a path can be replaced")
    func replacing() {
        let path: TreePath = "tree/a/b/c"
        #expect(path.replacing("tree/a", with: "tree/x/y") == "tree/x/y/b/c")
        #expect(path.replacing(path, with: .root) == .root)
        #expect(path.replacing(.root, with: "tree/x") == "tree/x/a/b/c")
        #expect(path.names(from: "tree/a") == ["b", "c"])
    }

    @Test("Paths are compared byte for byte")
    func bytewise() throws {
        let composed = try TreePath(parsing: "tree/\u{E9}")
        let decomposed = try TreePath(parsing: "tree/e\u{301}")
        #expect(composed != decomposed)
        #expect(Set([composed, decomposed]).count == 2)
        #expect(!composed.isWithin(decomposed))
        #expect(decomposed < composed)
    }
}
