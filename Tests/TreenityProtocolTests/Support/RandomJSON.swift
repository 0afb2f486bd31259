import TreenityTesting

/// A random JSON value, known without any parser: what it is canonically, and one of the many ways to write it.
struct RandomJSON {
    /// The canonical text.
    let canonical: String
    /// The same value with white space, escapes and duplicate keys that canonical text does not have.
    let written: String

    init(depth: Int, using generator: inout SeededGenerator) {
        switch Int.random(in: depth > 0 ? 0..<7 : 2..<7, using: &generator) {
        case 0: self = .object(depth: depth, using: &generator)
        case 1: self = .array(depth: depth, using: &generator)
        case 2, 3: self = .string(.random(using: &generator), using: &generator)
        case 4: self = .number(using: &generator)
        default: self = .same(["null", "true", "false", "0", "-1"].randomElement(using: &generator) ?? "null")
        }
    }

    private init(_ canonical: String, _ written: String) {
        self.canonical = canonical
        self.written = written
    }

    private static func same(_ text: String) -> RandomJSON { RandomJSON(text, text) }

    static func object(depth: Int, using generator: inout SeededGenerator) -> RandomJSON {
        var members: [(key: RandomJSON, value: RandomJSON)] = []
        var written: [String] = []
        for number in 0..<Int.random(in: 0...12, using: &generator) {
            let isRepeated = !members.isEmpty && Int.random(in: 0..<6, using: &generator) == 0
            let place = isRepeated ? Int.random(in: 0..<members.count, using: &generator) : members.count
            // Without their numbers, two keys could be equal by chance.
            let key =
                isRepeated
                ? same(members[place].key.canonical)
                : string("\(number)" + .random(using: &generator), using: &generator)
            let value = RandomJSON(depth: depth - 1, using: &generator)
            if isRepeated { members[place].value = value } else { members.append((key, value)) }
            written.append(key.written + space(&generator) + ":" + space(&generator) + value.written)
        }
        return RandomJSON(
            "{" + members.map { $0.key.canonical + ":" + $0.value.canonical }.joined(separator: ",") + "}",
            "{" + space(&generator) + written.joined(separator: space(&generator) + "," + space(&generator)) + "}")
    }

    private static func array(depth: Int, using generator: inout SeededGenerator) -> RandomJSON {
        let elements = (0..<Int.random(in: 0...5, using: &generator)).map { _ in
            RandomJSON(depth: depth - 1, using: &generator)
        }
        return RandomJSON(
            "[" + elements.map(\.canonical).joined(separator: ",") + "]",
            "[" + elements.map(\.written).joined(separator: "," + space(&generator)) + space(&generator) + "]")
    }

    private static func number(using generator: inout SeededGenerator) -> RandomJSON {
        let integer = Int64.random(in: .min ... .max, using: &generator) >> Int64.random(in: 0..<64, using: &generator)
        guard Bool.random(using: &generator) else { return same(String(integer)) }
        let double = Double(integer) / 1_024
        let exponent = Int.random(in: 0...3, using: &generator)
        return RandomJSON("\(double)", ["\(double)", "\(double)e0", "\(double)E+00", "\(double)e-0"][exponent])
    }

    static func string(_ text: String, using generator: inout SeededGenerator) -> RandomJSON {
        var canonical = "\""
        var written = "\""
        for scalar in text.unicodeScalars {
            let hexadecimal = String(scalar.value, radix: 16)
            let long = "\\u" + String(repeating: "0", count: max(0, 4 - hexadecimal.count)) + hexadecimal
            let short: String
            switch scalar {
            case "\"", "\\": short = "\\\(scalar)"
            case "\n": short = "\\n"
            case "\t": short = "\\t"
            default: short = scalar.value < 0x20 ? long : String(scalar)
            }
            canonical += short
            let mayBeLong = scalar.value < 0x10000 && Int.random(in: 0..<8, using: &generator) == 0
            written += mayBeLong ? long : short
        }
        return RandomJSON(canonical + "\"", written + "\"")
    }

    /// White space, most often none.
    static func space(_ generator: inout SeededGenerator) -> String {
        ["", "", "", "", " ", "\n\t", "\r\n  "].randomElement(using: &generator) ?? ""
    }
}

extension String {
    /// Mostly plain text of all lengths about one, two and three times eight bytes, with all that is special in it.
    static func random(using generator: inout SeededGenerator) -> String {
        let special = ["\"", "\\", "\n", "\t", "\u{0}", "\u{1F}", "\u{7F}", "\u{80}", "é", "e\u{301}", "日本", "😀", "/"]
        var text = ""
        for _ in 0..<Int.random(in: 0...26, using: &generator) {
            let isSpecial = Int.random(in: 0..<24, using: &generator) == 0
            let plain = UInt8.random(in: 0x61...0x7A, using: &generator)
            text += isSpecial ? special.randomElement(using: &generator) ?? "" : String(Unicode.Scalar(plain))
        }
        return text
    }
}
