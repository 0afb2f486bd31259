import Dispatch
import Glibc
import Subprocess

extension Execution {
    /// Waits until the process has exited, then kills what is left of its process group.
    ///
    /// To be awaited within the execution: until then the process is not reaped, so that its number still is its group's
    /// and no one else's.
    func killGroupAfterExit() async {
        await processIdentifier.exit()
        // Nothing is left to be killed, mostly.
        try? send(signal: .kill, toProcessGroup: true)
    }
}

extension ProcessIdentifier {
    /// Waits until the process has exited, and leaves it to be reaped. Heeds no cancellation.
    fileprivate func exit() async {
        // A thread of its own, as it blocks.
        let queue = DispatchQueue(label: "treenity.action.exit")
        await withCheckedContinuation { (continuation: CheckedContinuation<Void, Never>) in
            queue.async {
                var information = siginfo_t()
                while waitid(P_PID, id_t(value), &information, WEXITED | WNOWAIT) == -1, errno == EINTR {}
                continuation.resume()
            }
        }
    }
}
