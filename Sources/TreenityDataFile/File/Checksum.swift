import CZlib

/// CRC-32 (ISO 3309), which tells damage from what was written; SQLite has no checksums of its own.
func checksum(_ bytes: [UInt8]) -> Int64 {
    Int64(crc32_z(0, bytes, bytes.count))
}
