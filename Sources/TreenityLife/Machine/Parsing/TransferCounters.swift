/// How many bytes have gone in and out since the start: of a block device read and written, of a network interface
/// received and sent.
struct TransferCounters: Hashable, Sendable {
    let inward: Int64
    let outward: Int64

    /// The block devices of `/proc/diskstats`, in order. A sector there has 512 bytes whatever the device says.
    static func parse(diskstats text: ByteText) -> [(name: String, counters: TransferCounters)] {
        text.lines.compactMap { line in
            let fields = line.fields(limit: 10)
            guard fields.count == 10, let read = bytes(sectors: fields[5]), let written = bytes(sectors: fields[9])
            else {
                return nil
            }
            return (fields[2].text, TransferCounters(inward: read, outward: written))
        }
    }

    /// The interfaces of `/proc/net/dev`, in order.
    static func parse(interfaces text: ByteText) -> [(name: String, counters: TransferCounters)] {
        text.lines.compactMap { line in
            // An alias has a colon in its name, and old kernels put no blank behind the last one.
            guard let colon = line.lastIndex(of: UInt8(ascii: ":")), let name = line[..<colon].trimmed else {
                return nil
            }
            let fields = line[(colon + 1)...].fields(limit: 9)
            guard fields.count == 9, let received = fields[0].integer, let sent = fields[8].integer else { return nil }
            return (name, TransferCounters(inward: received, outward: sent))
        }
    }

    private static func bytes(sectors field: ByteText) -> Int64? {
        guard let sectors = field.integer else { return nil }
        let (bytes, isTooLarge) = sectors.multipliedReportingOverflow(by: 512)
        return isTooLarge ? nil : bytes
    }
}
