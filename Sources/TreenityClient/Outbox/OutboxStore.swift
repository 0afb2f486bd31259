import Glibc

/// The files behind an outbox. To be used by one thread at a time.
struct OutboxStore {
    private let directory: OutboxDirectory
    private let calls: DiskCalls
    private(set) var machine = OutboxMachine()
    /// `nil` while there was nothing to keep.
    private var file: LockedFile?
    /// What earlier runs left, beside ``file``: it goes when all that is in it stands there.
    private var others: [LockedFile] = []
    /// The lines of each file that could not be read, until they are put aside.
    private var damaged: [(path: String, lines: [[UInt8]])] = []
    /// What was found wrong, in plain words.
    private(set) var problems: [String] = []

    /// Adopts all that earlier runs left and nobody else has adopted.
    init(_ directory: OutboxDirectory, _ calls: DiskCalls) {
        self.directory = directory
        self.calls = calls
        do throws(OutboxError) {
            for number in try directory.numbers() { adopt(directory.file(number)) }
        } catch {
            problems.append(OutboxStore.words(for: error))
        }
        guard file != nil, !machine.isWhole else { return }
        // Where this fails, the next record tries once more, and says so.
        try? rewrite(machine.all)
    }

    private mutating func adopt(_ path: String) {
        do throws(OutboxError) {
            guard let found = try LockedFile.existing(path, calls) else { return }
            let bytes = try found.contents()
            let replay = OutboxReplay(bytes)
            guard !replay.isNewer else {
                return problems.append("\(path) was written by a newer treenity: run that one to send what is in it")
            }
            if !replay.damaged.isEmpty {
                damaged.append((path, replay.damaged))
                problems.append(OutboxStore.words(forDamaged: replay.damaged.count, in: path))
            }
            var contents = machine.contents
            contents.adopt(replay.contents)
            let isWhole = file == nil && replay.damaged.isEmpty && !replay.isTorn
            machine = OutboxMachine(contents, size: bytes.count, isWhole: isWhole)
            if file == nil { file = found } else { others.append(found) }
        } catch {
            problems.append(OutboxStore.words(for: error))
        }
    }

    private static func words(for error: OutboxError) -> String {
        "edits of earlier runs cannot be read: \(error.reason)"
    }

    private static func words(forDamaged count: Int, in path: String) -> String {
        let (lines, are) = count == 1 ? ("a line", "is") : ("\(count) lines", "are")
        return "\(lines) of \(path) cannot be read and \(are) kept in \(damaged(path)): "
            + "an edit of an earlier run may not have been sent"
    }

    mutating func record(_ records: [OutboxRecord]) throws(OutboxError) {
        switch machine.take(records) {
        case .append(let bytes): try append(bytes)
        case .rewrite(let bytes): try rewrite(bytes)
        }
        // Where the disk has no room for the smaller file, the larger one serves on.
        if let bytes = machine.leaner() { try? rewrite(bytes) }
    }

    private mutating func append(_ bytes: [UInt8]) throws(OutboxError) {
        guard let file else { preconditionFailure("a whole outbox has a file") }
        do throws(OutboxError) {
            try file.append(bytes)
        } catch {
            machine.failed()
            throw error
        }
        machine.appended(bytes.count)
    }

    /// Takes the file away if it holds nothing that matters. To be called last.
    mutating func close() {
        if machine.contents.isEmpty, others.isEmpty, damaged.isEmpty { file?.remove() }
        file = nil
        others = []
        machine.failed()
    }
}

// MARK: Writing anew

extension OutboxStore {
    /// Nothing is lost wherever this stops: the name leads to the old contents or to the new ones, and what is taken
    /// away stands elsewhere before.
    private mutating func rewrite(_ bytes: [UInt8]) throws(OutboxError) {
        try putDamagedAside()
        let old: LockedFile
        if let file { old = file } else { old = try made() }
        file = old
        file = try replacement(of: old, bytes)
        do throws(OutboxError) {
            try directory.sync()
        } catch {
            machine.failed()
            throw error
        }
        for other in others { other.remove() }
        others = []
        machine.rewritten(bytes.count)
    }

    private func made() throws(OutboxError) -> LockedFile {
        try directory.make()
        var number = (try directory.numbers().last ?? 0) + 1
        while true {
            if let file = try LockedFile.new(directory.file(number), calls) { return file }
            number += 1
        }
    }

    private func replacement(of old: LockedFile, _ bytes: [UInt8]) throws(OutboxError) -> LockedFile {
        let path = old.path + ".new"
        // One that was left when writing it ended early; nobody else makes it, as the old file is locked.
        unlink(path)
        guard let fresh = try LockedFile.new(path, calls) else { throw OutboxError(EEXIST, at: path) }
        do throws(OutboxError) {
            try fresh.append(bytes)
            try fresh.replace(old)
        } catch {
            fresh.remove()
            throw error
        }
        return fresh
    }

    private mutating func putDamagedAside() throws(OutboxError) {
        while let (path, lines) = damaged.last {
            let place = OutboxStore.damaged(path)
            guard let file = try LockedFile.any(place, calls) else { throw OutboxError(EAGAIN, at: place) }
            try file.append(lines.flatMap(\.self))
            damaged.removeLast()
        }
    }

    private static func damaged(_ path: String) -> String { path + ".damaged" }
}
