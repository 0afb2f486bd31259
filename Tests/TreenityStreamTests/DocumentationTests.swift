import Foundation
import Testing

@Suite("The documentation of the client library")
struct DocumentationTests {
    private func source(_ path: String) throws -> String {
        let top = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
            .deletingLastPathComponent()
        return try String(contentsOf: top.appending(path: "Sources/\(path)"), encoding: .utf8)
    }

    @Test("prints the program that is built")
    func example() throws {
        let article = try source("TreenityClient/TreenityClient.docc/FollowingATree.md")
        let program = try source("treenity-example/Example.swift")
        #expect(article.contains("```swift\n\(program)```"))
        #expect(program.split(separator: "\n", omittingEmptySubsequences: false).count < 60)
    }
}
