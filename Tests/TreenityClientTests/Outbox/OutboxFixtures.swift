import Glibc
import Synchronization
import TreenityProtocol

@testable import TreenityClient

/// An edit of one patch.
func edit(_ id: String, _ value: JSONValue = "x", at path: TreePath = "tree/a") -> OutboxEdit {
    let patch = Patch(
        .edit(value), path, timestamp: Timestamp(milliseconds: 5), meta: ["user": "ann"], base: SequenceNumber(7))
    return OutboxEdit(id: id, isBatch: false, patches: [patch], epoch: "e")
}

let refusal = Refusal(.exists, "“b” is there", path: "tree/a/b", index: 1)

/// A disk with so much room, as long as it is not made larger.
final class SmallDisk: Sendable {
    private let room: Mutex<Int>

    init(room: Int) {
        self.room = Mutex(room)
    }

    func enlarge(by bytes: Int) { room.withLock { $0 += bytes } }

    var calls: DiskCalls {
        var calls = DiskCalls()
        calls.write = { [self, write = calls.write] descriptor, bytes in
            let fitting = room.withLock { room in
                let fitting = min(room, bytes.count)
                room -= fitting
                return fitting
            }
            guard fitting > 0 else {
                errno = ENOSPC
                return -1
            }
            return write(descriptor, UnsafeRawBufferPointer(rebasing: bytes[..<fitting]))
        }
        return calls
    }
}
