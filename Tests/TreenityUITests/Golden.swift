import Foundation
import Testing

/// A screen as it should look, kept as plain text, so that a fault in the layout shows as a difference of texts.
///
/// `TREENITY_RECORD=1` writes the files anew: look at them before they are committed.
func expectGolden(_ screen: String, _ name: String, sourceLocation: SourceLocation = #_sourceLocation) throws {
    let folder = URL(fileURLWithPath: #filePath).deletingLastPathComponent().appendingPathComponent("Goldens")
    let file = folder.appendingPathComponent(name + ".txt")
    if ProcessInfo.processInfo.environment["TREENITY_RECORD"] == "1" {
        try FileManager.default.createDirectory(
            at: file.deletingLastPathComponent(), withIntermediateDirectories: true)
        try (screen + "\n").write(to: file, atomically: true, encoding: .utf8)
    }
    let expected = try String(contentsOf: file, encoding: .utf8)
    #expect(screen + "\n" == expected, "the screen differs from Goldens/\(name).txt", sourceLocation: sourceLocation)
}
