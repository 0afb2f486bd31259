/// Those who do, beside the loop, what the model asks of the network and of files.
struct Performers: Sendable {
    let network: Network
    let state: StateKeeper
    let drafts: DraftKeeper
    let exporter = PatchExporter()

    /// Runs until it is cancelled.
    func run(into inbox: Inbox) async {
        // Before the tree can come.
        await state.restore(into: inbox)
        await withTaskGroup { group in
            group.addTask { await network.run(into: inbox) }
            group.addTask { await state.run(into: inbox) }
            group.addTask { await drafts.run(into: inbox) }
            group.addTask { await exporter.run(into: inbox) }
        }
    }

    /// Writes what is not written yet. To be called last.
    func close() {
        state.close()
        drafts.close()
    }
}
