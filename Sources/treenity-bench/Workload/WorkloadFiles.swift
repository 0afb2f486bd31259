import Foundation

/// The workload as files, so that other programs can be measured by the same messages.
struct WorkloadFiles {
    let directory: URL

    /// Writes `base-SIZE.ndjson`, the messages that build the tree, and `messages-SIZE.ndjson`, those after them; one a
    /// line.
    func write() throws {
        try FileManager.default.createDirectory(at: directory, withIntermediateDirectories: true)
        for scale in Scale.allCases {
            var workload = Workload(nodes: scale.rawValue)
            try withFile("base-\(scale.label).ndjson") { file in
                try workload.build { try file.append($0) }
            }
            try withFile("messages-\(scale.label).ndjson") { file in
                for message in workload.messages() { try file.append(message) }
            }
        }
    }

    private func withFile(_ name: String, _ body: (inout LineFile) throws -> Void) throws {
        let url = directory.appending(path: name)
        try Data().write(to: url)
        var file = LineFile(handle: try FileHandle(forWritingTo: url))
        try body(&file)
        try file.close()
    }
}

/// A file written line by line, in large pieces.
private struct LineFile {
    let handle: FileHandle
    private var pending = Data()

    init(handle: FileHandle) {
        self.handle = handle
    }

    mutating func append(_ line: [UInt8]) throws {
        pending.append(contentsOf: line)
        pending.append(UInt8(ascii: "\n"))
        guard pending.count > 1 << 20 else { return }
        try handle.write(contentsOf: pending)
        pending.removeAll(keepingCapacity: true)
    }

    mutating func close() throws {
        try handle.write(contentsOf: pending)
        try handle.close()
    }
}
