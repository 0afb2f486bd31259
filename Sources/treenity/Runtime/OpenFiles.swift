import Glibc

/// How many files and sockets this process may have open.
enum OpenFiles {
    /// Lifts the limit as far as the user may, as every connection takes one.
    static func liftLimit() {
        var limit = rlimit()
        guard getrlimit(__rlimit_resource_t(RLIMIT_NOFILE.rawValue), &limit) == 0 else { return }
        limit.rlim_cur = limit.rlim_max
        // Where it fails, the limit is as it was, which does for most.
        _ = setrlimit(__rlimit_resource_t(RLIMIT_NOFILE.rawValue), &limit)
    }
}
