/// A PATCH message as a plain `Codable` program would declare it: what `JSONDecoder` is given to fill in.
struct FixedMessage: Decodable {
    let type: String
    let operation: String
    let path: String
    let value: Value?
    let timestamp: Int64
    let meta: Meta
    let seq: Int64

    /// What the messages of the workload carry.
    struct Value: Decodable {
        let name: String?
        let status: String?
        let assignee: String?
        let estimate: Int?
        let to: String?
    }

    /// Who sent it.
    struct Meta: Decodable {
        let user: String
    }
}
