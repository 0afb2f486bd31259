import TreenityUI

/// Writes patches into files beside the loop, which no disk may hold up.
struct PatchExporter: Sendable {
    private let exports: AsyncStream<PatchExport>
    private let continuation: AsyncStream<PatchExport>.Continuation

    init() { (exports, continuation) = AsyncStream.makeStream() }

    /// Writes one file after those that were asked for before.
    func export(_ export: PatchExport) { continuation.yield(export) }

    /// Runs until it is cancelled.
    func run(into inbox: Inbox) async {
        for await export in exports {
            let file = PatchFile(export.file)
            do {
                try file.write(export.patches)
                await inbox.deliver(.exported(file: file.path, count: export.patches.count, problem: nil), weight: 1)
            } catch {
                await inbox.deliver(.exported(file: file.path, count: 0, problem: error.description), weight: 1)
            }
        }
    }
}
