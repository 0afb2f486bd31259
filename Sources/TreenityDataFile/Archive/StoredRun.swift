import Foundation
import GRDB
import TreenityLog
import TreenityProtocol

/// A run of patches, read from its row.
struct StoredRun {
    /// The places of its patches in the order.
    let seqs: Range<Int64>
    private let bytes: [UInt8]
    /// Of each patch, the parts of its line.
    private let lines: [Line]

    private struct Line {
        var received: Range<Int>
        var path: Range<Int>
        var target: Range<Int>
        var patch: Range<Int>
    }

    /// - Throws: ``LogFailure`` (damaged).
    init(row: Row) throws(LogFailure) {
        let (first, last): (Int64, Int64) = (row["first"], row["last"])
        let data: Data = row["bytes"]
        bytes = Array(data)
        let lines = checksum(bytes) == row["checksum"] ? StoredRun.lines(of: bytes) : []
        guard first <= last, lines.count == last - first + 1 else {
            throw .damaged("patches \(first) to \(last) of the archive are not as they were written")
        }
        seqs = first..<last + 1
        self.lines = lines
    }

    private static func lines(of bytes: [UInt8]) -> [Line] {
        var lines: [Line] = []
        var start = 0
        while let end = bytes[start...].firstIndex(of: UInt8(ascii: "\n")) {
            guard let received = bytes[start..<end].firstIndex(of: UInt8(ascii: "\t")),
                let path = bytes[(received + 1)..<end].firstIndex(of: UInt8(ascii: "\t")),
                let target = bytes[(path + 1)..<end].firstIndex(of: UInt8(ascii: "\t"))
            else { return [] }
            lines.append(
                Line(
                    received: start..<received, path: received + 1..<path, target: path + 1..<target,
                    patch: target + 1..<end))
            start = end + 1
        }
        return start == bytes.count ? lines : []
    }

    /// The path of a patch, and where it is a `MOVE` its target.
    func paths(of seq: Int64) -> (path: String, target: String?) {
        let line = line(of: seq)
        return (text(line.path), line.target.isEmpty ? nil : text(line.target))
    }

    /// - Throws: ``LogFailure`` (damaged).
    func patch(_ seq: Int64) throws(LogFailure) -> ArchivedPatch {
        let line = line(of: seq)
        guard let received = Int64(text(line.received)) else {
            throw .damaged("patch \(seq) of the archive has no time")
        }
        return try ArchivedPatch(decoding: Array(bytes[line.patch]), received: Timestamp(milliseconds: received))
    }

    private func line(of seq: Int64) -> Line { lines[Int(seq - seqs.lowerBound)] }

    private func text(_ range: Range<Int>) -> String { String(decoding: bytes[range], as: UTF8.self) }
}
