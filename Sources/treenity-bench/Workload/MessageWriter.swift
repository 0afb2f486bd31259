/// PATCH messages as a server sends them: JSON in UTF-8, with `seq`, times that grow, and one of a few users.
struct MessageWriter {
    private var seq: Int64 = 0
    private var random = SeededGenerator(seed: 3)

    /// The time before the first message, in milliseconds since 1970.
    static let start: Int64 = 1_698_762_345_678

    /// The next message; `value` is JSON.
    mutating func message(_ operation: String, _ path: String, value: String? = nil) -> [UInt8] {
        seq += 1
        let user = random.pick(TaskContent.users)
        let payload = value.map { ",\"value\":\($0)" } ?? ""
        let text = """
            {"type":"PATCH","operation":"\(operation)","path":"\(path)"\(payload),\
            "timestamp":\(MessageWriter.start + seq),"meta":{"user":"\(user)"},"seq":\(seq)}
            """
        return Array(text.utf8)
    }
}
