import Testing
import TreenityProtocol

@testable import TreenityActions

struct PathPatternTests {
    @Test(arguments: [
        ("tree", "tree"), ("/", "tree"), ("tree/a", "tree/a"), ("/a", "tree/a"), ("tree/a/", "tree/a"),
        ("tree/*", "tree/a"), ("tree/*/b", "tree/a/b"), ("tree/a~1b", "tree/a~1b"), ("tree/*", "tree/a~1b"),
        ("tree/**", "tree"), ("tree/**", "tree/a/b/c"), ("tree/**/c", "tree/c"), ("tree/**/c", "tree/a/b/c"),
        ("tree/**/c", "tree/c/c/c"), ("tree/**/b/*/c", "tree/b/b/x/c"), ("tree/**/b/**/c", "tree/a/b/c/b/c"),
        ("tree/**/**", "tree"), ("tree/a/**", "tree/a"), ("tree/*/**/*", "tree/a/b"), ("tree/ä", "tree/ä"),
    ])
    func matches(pattern: String, path: TreePath) throws {
        #expect(try PathPattern(parsing: pattern).matches(path.names))
    }

    @Test(arguments: [
        ("tree", "tree/a"), ("tree/a", "tree"), ("tree/a", "tree/b"), ("tree/a", "tree/a/b"), ("tree/*", "tree"),
        ("tree/*", "tree/a/b"), ("tree/*/b", "tree/b"), ("tree/**/c", "tree/c/d"), ("tree/**/b/*/c", "tree/b/c"),
        ("tree/*/**/*", "tree/a"), ("tree/A", "tree/a"), ("tree/a~0", "tree/a~1"),
    ])
    func doesNotMatch(pattern: String, path: TreePath) throws {
        #expect(try !PathPattern(parsing: pattern).matches(path.names))
    }

    @Test(arguments: [
        "", "x", "*", "**", "tree/a*", "tree/***", "tree//a", "tree/..", "tree/~2", "tree/a\u{1}", "trees/*",
    ])
    func isNone(pattern: String) {
        #expect(throws: Mistake.self) { try PathPattern(parsing: pattern) }
    }

    @Test func manyStarsOverALongPathAreNoWork() throws {
        let pattern = try PathPattern(parsing: "tree" + String(repeating: "/**/a", count: 60) + "/b")
        let path = TreePath.root.appending(Array(repeating: Name("a"), count: 120))
        #expect(!pattern.matches(path.names))
    }
}
