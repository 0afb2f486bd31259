/// The names of users by their numbers: `/etc/passwd`, read as text so that it works below another root and in a
/// statically linked program.
struct Accounts: Hashable, Sendable {
    private var names: [UInt32: String] = [:]

    /// Nobody.
    init() {}

    /// Reads lines such as `root:x:0:0:…`; of several names for one number the first counts.
    init(_ text: ByteText) {
        for line in text.lines {
            let fields = line.split(separator: UInt8(ascii: ":"), maxSplits: 3, omittingEmptySubsequences: false)
            guard fields.count >= 3, !fields[0].isEmpty, let number = fields[2].integer,
                let user = UInt32(exactly: number),
                names[user] == nil
            else { continue }
            names[user] = fields[0].text
        }
    }

    /// The name of a user; `nil` for one without an account.
    func name(of user: UInt32) -> String? { names[user] }
}
