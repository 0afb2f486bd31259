/// A local file system that is mounted: a line of `/proc/self/mountinfo`.
struct MountedFileSystem: Hashable, Sendable {
    /// Where from: `/dev/vda1`.
    let source: String
    /// Where to, as the kernel's bytes.
    let mountPoint: [UInt8]
    /// `ext4`
    let type: String

    /// The real file systems among the mounts, one for each source, at its shortest mount point.
    ///
    /// Real is what lies on a block device or is the root. Network file systems are left out on purpose: asking one
    /// whose server is gone for its free space takes for ever. So are packages mounted as images, which are always full.
    static func parse(_ text: ByteText) -> [MountedFileSystem] {
        var mounts: [MountedFileSystem] = []
        var places: [String: Int] = [:]
        for mount in text.lines.compactMap(MountedFileSystem.init(line:)) where mount.isReal {
            guard let place = places[mount.source] else {
                places[mount.source] = mounts.count
                mounts.append(mount)
                continue
            }
            if mount.mountPoint.count < mounts[place].mountPoint.count { mounts[place] = mount }
        }
        return mounts
    }

    /// Reads `27 1 254:0 / /mnt rw,relatime shared:1 - ext4 /dev/vda rw`: some optional fields end with a `-`.
    private init?(line: ByteText) {
        let fields = line.fields()
        guard fields.count >= 9,
            let dash = fields.dropFirst(6).firstIndex(where: { $0.elementsEqual([UInt8(ascii: "-")]) }),
            dash + 2 < fields.count
        else { return nil }
        mountPoint = MountedFileSystem.unescaped(fields[4])
        type = fields[dash + 1].text
        source = MountedFileSystem.unescaped(fields[dash + 2])[...].text
    }

    private var isReal: Bool {
        if mountPoint == [UInt8(ascii: "/")] { return true }
        return source.hasPrefix("/dev/") && type != "squashfs" && type != "devtmpfs" || type == "zfs"
    }

    /// Blanks, tabs, line ends and backslashes stand as a backslash with three octal digits.
    private static func unescaped(_ field: ByteText) -> [UInt8] {
        var bytes: [UInt8] = []
        var rest = field
        while let byte = rest.popFirst() {
            let digits = rest.prefix(3)
            if byte == UInt8(ascii: "\\"), digits.count == 3, let escaped = UInt8(digits.text, radix: 8) {
                bytes.append(escaped)
                rest = rest.dropFirst(3)
            } else {
                bytes.append(byte)
            }
        }
        return bytes
    }
}
