import Subprocess

extension SubprocessOutputSequence {
    /// All bytes, while there are not too many.
    func all(upTo maximum: Int) async -> Result<[UInt8], ActionFailure.Cause> {
        var bytes: [UInt8] = []
        do {
            for try await buffer in self {
                guard bytes.count + buffer.count <= maximum else { return .failure(.replyTooLong(maximum: maximum)) }
                buffer.withUnsafeBytes { bytes += $0 }
            }
            return .success(bytes)
        } catch {
            return .failure(.notRun("its output cannot be read: \(error)"))
        }
    }

    /// So many first bytes; the rest is read and dropped, so that the command can go on.
    func start(_ count: Int) async -> [UInt8] {
        var bytes: [UInt8] = []
        do {
            for try await buffer in self where bytes.count < count {
                buffer.withUnsafeBytes { bytes += $0.prefix(count - bytes.count) }
            }
        } catch {
            // Complaints that cannot be read are no reason to fail.
        }
        return bytes
    }
}
