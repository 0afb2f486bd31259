import TreenityProtocol
import TreenitySequencer

extension Rights {
    /// What the epoch that a session is told ends with: empty for who may read everything, else told by the paths that may
    /// be read, so that places in the order that were seen with other rights are of another epoch.
    var epochSuffix: String {
        guard !read.contains(.root) else { return "" }
        let paths = View(read).tops.map(\.text).joined(separator: "\n")
        // FNV-1a (RFC 9923): the same everywhere and always; nothing has to be kept secret by it.
        let hash = paths.utf8.reduce(0xCBF2_9CE4_8422_2325 as UInt64) { ($0 ^ UInt64($1)) &* 0x100_0000_01B3 }
        return "." + String(hash, radix: 16)
    }
}
