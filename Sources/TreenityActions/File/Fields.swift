import TreenityYAML
import Yams

/// The members of a YAML mapping that may have these keys and no others. Every mistake names its line, its key and whose
/// it is.
struct Fields<Key: RawRepresentable & CaseIterable & Hashable> where Key.RawValue == String {
    /// Where the mapping begins.
    let line: Int?
    private let owner: String
    private var nodes: [Key: Node] = [:]

    init(_ node: Node, of owner: String) throws(YAMLFileError) {
        let known = Key.allCases.map(\.rawValue).joined(separator: ", ")
        guard let mapping = node.mapping else {
            throw YAMLFileError(node.line, "\(owner): here are to be keys with values: \(known)")
        }
        line = node.line
        self.owner = owner
        for (key, value) in mapping {
            guard let name = key.scalar.flatMap({ Key(rawValue: $0.string) }) else {
                let text = key.scalar?.string ?? "a key that is no text"
                throw YAMLFileError(key.line, "\(owner): “\(text)” means nothing here; there are \(known)")
            }
            nodes[name] = value
        }
    }

    subscript(key: Key) -> Node? { nodes[key] }

    /// A text, made into something by what finds its mistakes; `nil` where it is absent.
    func text<Value>(_ key: Key, _ make: (String) throws(Mistake) -> Value) throws(YAMLFileError) -> Value? {
        guard let node = nodes[key] else { return nil }
        return try value(key, node, make)
    }

    func required<Value>(_ key: Key, _ make: (String) throws(Mistake) -> Value) throws(YAMLFileError) -> Value {
        guard let value = try text(key, make) else {
            throw YAMLFileError(line, "\(owner): \(key.rawValue) is missing")
        }
        return value
    }

    /// A list of texts; empty where it is absent.
    func list<Value>(_ key: Key, _ make: (String) throws(Mistake) -> Value) throws(YAMLFileError) -> [Value] {
        guard let node = nodes[key] else { return [] }
        guard case .sequence(let list) = node else {
            throw YAMLFileError(node.line, "\(owner): \(key.rawValue): here is to be a list, as [a, b]")
        }
        var values: [Value] = []
        for element in list { values.append(try value(key, element, make)) }
        return values
    }

    /// A mapping of texts to texts, in the order of the file; `nil` where it is absent.
    func pairs<Value>(
        _ key: Key, _ make: (String, String) throws(Mistake) -> Value
    ) throws(YAMLFileError) -> [Value]? {
        guard let node = nodes[key] else { return nil }
        guard case .mapping(let mapping) = node else {
            throw YAMLFileError(node.line, "\(owner): \(key.rawValue): here is to be “name: value”, one a line")
        }
        var values: [Value] = []
        for (name, text) in mapping {
            values.append(
                try value(key, name) { name throws(Mistake) in
                    guard let text = text.scalar?.string else { throw Mistake("“\(name)” has no text for a value") }
                    return try make(name, text)
                })
        }
        return values
    }

    /// A further look at a value that was read already.
    func checked<Value>(
        _ key: Key, _ text: String, _ make: (String) throws(Mistake) -> Value
    ) throws(YAMLFileError) -> Value {
        try place(key, nodes[key]?.line) { () throws(Mistake) in try make(text) }
    }

    private func value<Value>(
        _ key: Key, _ node: Node, _ make: (String) throws(Mistake) -> Value
    ) throws(YAMLFileError) -> Value {
        try place(key, node.line) { () throws(Mistake) in
            guard let text = node.scalar?.string else { throw Mistake("here is to be a text") }
            return try make(text)
        }
    }

    private func place<Value>(
        _ key: Key, _ line: Int?, _ body: () throws(Mistake) -> Value
    ) throws(YAMLFileError) -> Value {
        do {
            return try body()
        } catch {
            throw YAMLFileError(line, "\(owner): \(key.rawValue): \(error.reason)")
        }
    }
}
