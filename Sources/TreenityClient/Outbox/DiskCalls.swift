import Glibc

/// The calls to the system that a disk may fail.
struct DiskCalls: Sendable {
    /// As `write`.
    var write: @Sendable (Int32, UnsafeRawBufferPointer) -> Int = { Glibc.write($0, $1.baseAddress, $1.count) }
    /// As `fdatasync`.
    var sync: @Sendable (Int32) -> Int32 = { fdatasync($0) }
}
