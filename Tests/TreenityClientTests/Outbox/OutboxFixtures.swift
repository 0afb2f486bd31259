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

/// The same sequence in every run.
struct SeededRandomness: RandomNumberGenerator {
    private var state: UInt64

    init(_ seed: UInt64) {
        state = seed
    }

    /// SplitMix64.
    mutating func next() -> UInt64 {
        state &+= 0x9E37_79B9_7F4A_7C15
        var bits = state
        bits = (bits ^ (bits >> 30)) &* 0xBF58_476D_1CE4_E5B9
        bits = (bits ^ (bits >> 27)) &* 0x94D0_49BB_1331_11EB
        return bits ^ (bits >> 31)
    }
}
