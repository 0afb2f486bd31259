import Logging
import TreenityLog
import TreenityProtocol
import TreenitySequencer

/// What goes on behind the hub: proposals are written down, what stands in the log is read, patches come into the archive,
/// states are kept, actions are run, peers are sent what is made at their pace.
struct Engine<Log: PatchLog>: Sendable {
    let hub: Hub
    let log: Log
    let archive: any PatchArchive
    let actions: any ActionRunner
    let pacer: any Clock<Duration>
    let metrics: Metrics
    let logger: Logger

    /// How long everyone is left in peace after hearing who looks where, or how far the order has come.
    private static var presencePause: Duration { .milliseconds(500) }
    private static var progressPause: Duration { .seconds(1) }
    /// Between two deliveries to the archive: so long may a question about history have to wait.
    private static var archivePause: Duration { .milliseconds(50) }
    /// After a state could not be kept.
    private static var savingPause: Duration { .seconds(30) }
    /// More than that is not waiting for the archive.
    private static var archiveBacklog: Int { 50_000 }
    /// More entries than that are not written down at once.
    private static var entriesAtOnce: Int { 10_000 }

    /// Works until the task is cancelled, or until the log can be read no further: returns why.
    func run() async -> (any Error)? {
        let (checkpoints, passed) = AsyncStream<Ledger.Checkpoint>.makeStream(bufferingPolicy: .bufferingNewest(1))
        return await withTaskGroup(of: (any Error)?.self) { group in
            let executor = EventLoopTaskExecutor(hub.eventLoop)
            group.addTask(executorPreference: executor) {
                await writeDown()
                return nil
            }
            for work in [keepInArchive, runActions, writePaced, tellPresences, tellProgress] {
                group.addTask {
                    await work()
                    return nil
                }
            }
            group.addTask {
                await save(checkpoints)
                return nil
            }
            group.addTask(executorPreference: executor) {
                do {
                    try await read(passed)
                    return nil
                } catch {
                    return error
                }
            }
            defer { group.cancelAll() }
            for await failure in group where failure != nil { return failure }
            return nil
        }
    }

    // MARK: The log

    @Sendable private func writeDown() async {
        await hub.submissions.drain { entries in
            for start in stride(from: 0, to: entries.count, by: Self.entriesAtOnce) {
                await append(Array(entries[start..<min(start + Self.entriesAtOnce, entries.count)]))
            }
        }
    }

    private func append(_ entries: [LogEntry]) async {
        let start = ContinuousClock.now
        do throws(LogFailure) {
            try await log.append(entries)
            metrics.appended(entries.count, in: start.duration(to: .now))
        } catch {
            metrics.appendFailed()
            logger.error(
                "patches cannot be written down", metadata: ["reason": "\(error)", "count": "\(entries.count)"])
            await hub.fail(entries, because: error.description)
        }
    }

    private func read(_ passed: AsyncStream<Ledger.Checkpoint>.Continuation) async throws {
        for try await entries in log.entries(after: await hub.position) {
            if let checkpoint = await hub.read(entries) { passed.yield(checkpoint) }
            await hub.archived.wait(untilAtMost: Self.archiveBacklog)
        }
    }

    private func save(_ checkpoints: AsyncStream<Ledger.Checkpoint>) async {
        for await checkpoint in checkpoints {
            do throws(LogFailure) {
                try await log.save(stateAt: checkpoint.position, chunks: checkpoint.sequencer.stateChunks())
            } catch {
                logger.error("a state of the tree cannot be kept", metadata: ["reason": "\(error)"])
                try? await pacer.sleep(for: Self.savingPause)
            }
        }
    }

    @Sendable private func keepInArchive() async {
        await hub.archived.drain { patches in
            do throws(LogFailure) {
                try await archive.append(patches)
            } catch {
                logger.error("the archive takes no patches", metadata: ["reason": "\(error)"])
            }
            // Many at once cost the disk little more than one.
            if !hub.archived.isAwaited { try? await pacer.sleep(for: Self.archivePause) }
        }
    }

    // MARK: Actions

    @Sendable private func runActions() async {
        await withDiscardingTaskGroup { group in
            await hub.executions.drain { executions in
                for execution in executions { group.addTask { await run(execution) } }
            }
            group.cancelAll()
        }
    }

    private func run(_ execution: Execution) async {
        let patch = execution.patch
        guard case .execute(let argument) = patch.operation else { return }
        let (outcome, sender) = await actions.run(patch.path, argument: argument, user: patch.sender)
        await hub.complete(Completion(id: patch.id, user: patch.sender, outcome: outcome), from: sender)
    }

    // MARK: What is made at a peer's pace

    @Sendable private func writePaced() async {
        await withDiscardingTaskGroup { group in
            await hub.paced.drain { boxes in
                for box in boxes { group.addTask { await box.run() } }
            }
            group.cancelAll()
        }
    }

    // MARK: What is not told at once

    @Sendable private func tellPresences() async {
        for await _ in hub.presenceMoves {
            await hub.broadcastPresence()
            try? await pacer.sleep(for: Self.presencePause)
        }
    }

    @Sendable private func tellProgress() async {
        for await _ in hub.progress {
            try? await pacer.sleep(for: Self.progressPause)
            await hub.broadcastProgress()
        }
    }
}
