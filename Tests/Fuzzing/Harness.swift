import TreenityProtocol
import TreenityStore

/// One tree for each rule, which lives through many inputs, so that they meet what earlier ones left.
nonisolated(unsafe) private var trees: [(rule: ApplyRule, tree: Replica)] = []
nonisolated(unsafe) private var inputs = 0

/// What libFuzzer calls with each input: a message, as a client and as a server reads it, and its patches applied.
@_cdecl("LLVMFuzzerTestOneInput")
public func fuzz(_ data: UnsafePointer<UInt8>?, _ size: Int) -> CInt {
    let message = Array(UnsafeBufferPointer(start: data, count: size))
    if inputs % 1_000 == 0 { trees = [.admission, .decided, .merge].map { ($0, Replica()) } }
    inputs += 1
    for case .success(let frame) in ClientFrame.decode(message) {
        expectSame(ClientFrame.decode(frame.encoded()), frame)
        if case .patch(let patch) = frame { apply(patch) }
        if case .batch(_, let patches) = frame { patches.forEach(apply) }
    }
    for frame in (try? ServerFrame.decode(message)) ?? [] {
        precondition((try? ServerFrame.decode(frame.encoded())) == [frame], "a frame that is read back as another")
        if case .snapshot(let snapshot) = frame { load(snapshot) }
    }
    return 0
}

private func expectSame(_ decoded: [Result<ClientFrame, FrameError>], _ frame: ClientFrame) {
    guard decoded.count == 1, case .success(frame) = decoded[0] else {
        preconditionFailure("a frame that is read back as another")
    }
}

private func apply(_ patch: Patch) {
    for place in trees.indices {
        let before = trees[place].tree
        let now = Timestamp(milliseconds: Int64(inputs))
        guard let change = try? trees[place].tree.apply(patch, rule: trees[place].rule, now: now) else {
            precondition(trees[place].tree.nodeCount == before.nodeCount, "a refused patch has left something")
            continue
        }
        _ = trees[place].tree.inverse(of: change)
        var reverted = trees[place].tree
        reverted.revert(change)
        precondition(
            reverted.json(of: reverted.root) == before.json(of: before.root), "a change that cannot be reverted")
    }
}

private func load(_ snapshot: Snapshot) {
    for place in trees.indices {
        var load = SnapshotLoad(path: snapshot.path)
        load.add(snapshot.nodes, to: &trees[place].tree)
        load.finish(&trees[place].tree)
    }
}
