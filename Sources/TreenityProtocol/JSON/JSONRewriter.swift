/// Spells a JSON text that was found valid in its canonical form.
struct JSONRewriter {
    private var reader: JSONReader

    /// - Precondition: `bytes` is one valid JSON value.
    init(_ bytes: [UInt8]) {
        reader = JSONReader(bytes)
    }

    mutating func rewritten() -> [UInt8] {
        switch reader.nextByte() {
        case UInt8(ascii: "{"): object()
        case UInt8(ascii: "["): array()
        case UInt8(ascii: "\""): JSONWriter.quoted(reader.string())
        case UInt8(ascii: "-"), UInt8(ascii: "0")...UInt8(ascii: "9"):
            Array((JSONNumber.canonical(String(decoding: reader.token(), as: UTF8.self)) ?? "null").utf8)
        default: Array(reader.token())
        }
    }

    private mutating func object() -> [UInt8] {
        var members: [(key: [UInt8], value: [UInt8])] = []
        var places: [[UInt8]: Int] = [:]
        reader.enter()
        while reader.hasNext(closing: UInt8(ascii: "}")) {
            let key = JSONWriter.quoted(reader.string())
            reader.skipColon()
            let value = rewritten()
            if let place = places[key] {
                members[place].value = value
            } else {
                places[key] = members.count
                members.append((key, value))
            }
        }
        var output = [UInt8(ascii: "{")]
        for (key, value) in members {
            if output.count > 1 { output.append(UInt8(ascii: ",")) }
            output += key
            output.append(UInt8(ascii: ":"))
            output += value
        }
        output.append(UInt8(ascii: "}"))
        return output
    }

    private mutating func array() -> [UInt8] {
        var output = [UInt8(ascii: "[")]
        reader.enter()
        while reader.hasNext(closing: UInt8(ascii: "]")) {
            if output.count > 1 { output.append(UInt8(ascii: ",")) }
            output += rewritten()
        }
        output.append(UInt8(ascii: "]"))
        return output
    }
}
