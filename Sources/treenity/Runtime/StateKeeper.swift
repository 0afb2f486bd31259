import Synchronization
import TreenityClient
import TreenityProtocol
import TreenityStore
import TreenityUI

/// Keeps what the user can undo, and what was copied, in files, so that both outlive the program.
final class StateKeeper: Sendable {
    private enum Job: Sendable {
        case writeUndo, writePlace, writeRegister(Clipping), readRegister
    }

    private struct UndoState: Sendable {
        var stack: UndoStack
        var epoch: String
    }

    /// `nil`: nothing outlives the program.
    private let undo: UndoFolder?
    /// Why nothing can be undone by the next run.
    private let problem: String?
    private let place: PrivateFile?
    private let register: PrivateFile?
    /// What is not written yet; only the latest counts.
    private let unwritten = Mutex<UndoState?>(nil)
    private let unwrittenPlace = Mutex<KeptPlace?>(nil)
    private let (jobs, job) = AsyncStream.makeStream(of: Job.self)

    private static let maximumPlaceBytes = 1 << 20
    private static let maximumRegisterBytes = 8 << 20

    /// - Parameters:
    ///   - directory: `nil`: nothing can be kept.
    ///   - keepsUndo: whether the server's tree will be there again.
    init(_ directory: StateDirectory?, for address: ServerAddress, keepsUndo: Bool) {
        do throws(ClientSlot.Problem) {
            let path = keepsUndo ? directory?.path(of: "undo", for: address) : nil
            undo = try path.map { path throws(ClientSlot.Problem) in try UndoFolder(path) }
            problem = nil
        } catch {
            undo = nil
            problem = "what can be undone: \(error)"
        }
        place =
            keepsUndo
            ? directory.map {
                PrivateFile(
                    path: $0.path(of: "place", for: address) + ".json", maximumBytes: StateKeeper.maximumPlaceBytes)
            } : nil
        register = directory.map {
            PrivateFile(path: "\($0.path)/register.json", maximumBytes: StateKeeper.maximumRegisterBytes)
        }
    }

    /// Does what the model asks of files, in the order of the calls.
    func perform(_ effect: StateEffect) {
        switch effect {
        case .keepUndo(let stack, let epoch):
            let wasWritten = unwritten.withLock { unwritten in
                defer { unwritten = UndoState(stack: stack, epoch: epoch) }
                return unwritten == nil
            }
            if wasWritten { job.yield(.writeUndo) }
        case .keepPlace(let place):
            unwrittenPlace.withLock { $0 = place }
            job.yield(.writePlace)
        case .keepRegister(let clipping): job.yield(.writeRegister(clipping))
        case .readRegister: job.yield(.readRegister)
        }
    }

    /// Delivers what an earlier run left. To be called first: who sees a tree may ask to undo at once.
    func restore(into inbox: Inbox) async {
        await report(problem, to: inbox)
        if let earlier = readPlace() { await inbox.deliver(.kept(.place(earlier)), weight: 1) }
        if let earlier = undo?.read() { await inbox.deliver(.kept(earlier), weight: 1) }
    }

    /// Runs until it is cancelled.
    func run(into inbox: Inbox) async {
        for await job in jobs {
            switch job {
            case .writeUndo: await report(writeUndo(), to: inbox)
            case .writePlace: await report(writePlace(), to: inbox)
            case .writeRegister(let clipping): await report(write(clipping), to: inbox)
            case .readRegister: await inbox.deliver(.kept(.register(readRegister())), weight: 1)
            }
        }
    }

    /// Writes what is not written yet. To be called last.
    func close() {
        _ = writeUndo()
        _ = writePlace()
    }

    private func report(_ problem: String?, to inbox: Inbox) async {
        if let problem { await inbox.deliver(.connection(.problem("not kept: \(problem)")), weight: 1) }
    }

    // MARK: Undo

    private func writeUndo() -> String? {
        let state = unwritten.withLock { unwritten in
            defer { unwritten = nil }
            return unwritten
        }
        return state.flatMap { undo?.write($0.stack, epoch: $0.epoch) }
    }

    // MARK: The place

    private func writePlace() -> String? {
        let latest = unwrittenPlace.withLock { unwritten in
            defer { unwritten = nil }
            return unwritten
        }
        guard let latest, let place else { return nil }
        return place.write(Array(latest.json.text.utf8))
    }

    private func readPlace() -> KeptPlace? {
        guard let bytes = place?.read(), let json = try? JSONValue(parsing: bytes) else { return nil }
        return KeptPlace(json)
    }

    // MARK: The register

    private func write(_ clipping: Clipping) -> String? { register?.write(Array(clipping.json.text.utf8)) }

    private func readRegister() -> Clipping? {
        guard let bytes = register?.read(), let json = try? JSONValue(parsing: bytes) else { return nil }
        return Clipping(json)
    }
}
