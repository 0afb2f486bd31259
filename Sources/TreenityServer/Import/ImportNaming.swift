import TreenityProtocol

/// Makes names of the keys of one object: different ones of different keys, the keys themselves where they can be names.
struct ImportNaming {
    private var taken: Set<Name>
    private var repetitions: [Name: Int] = [:]

    /// The names for all members of an object, in their order. O(length of the keys).
    static func names(of members: [JSONValue.Member]) -> [Name] {
        let valid = members.compactMap { validName($0.key) }
        guard valid.count < members.count else { return valid }
        var naming = ImportNaming(taken: Set(valid))
        return members.map { validName($0.key) ?? naming.substitute(for: $0.key) }
    }

    private mutating func substitute(for key: String) -> Name {
        let wanted = ImportNaming.closestName(to: key)
        if taken.insert(wanted).inserted { return wanted }
        while true {
            let repetition = repetitions[wanted, default: 1] + 1
            repetitions[wanted] = repetition
            let name = ImportNaming.cut(wanted.text, " (\(repetition))")
            if taken.insert(name).inserted { return name }
        }
    }

    /// The key as it is. A text edit's key is none: no patch could write it.
    private static func validName(_ key: String) -> Name? {
        key == TextEdit.key ? nil : try? Name(key)
    }

    /// The key with visible substitutes for what a name cannot hold.
    private static func closestName(to key: String) -> Name {
        switch key {
        case "": return "(empty)"
        case ".", "..", TextEdit.key: return cut("(\(key))", "")
        default:
            let visible = String(String.UnicodeScalarView(key.unicodeScalars.map(picture)))
            return cut(visible, visible.utf8.count > Name.maximumBytes ? "…" : "")
        }
    }

    private static func picture(of scalar: Unicode.Scalar) -> Unicode.Scalar {
        switch scalar.value {
        case 0..<0x20: Unicode.Scalar(0x2400 + scalar.value) ?? "\u{FFFD}"  // the picture of the control
        case 0x7F: "\u{2421}"
        case 0x80...0x9F: "\u{FFFD}"
        default: scalar
        }
    }

    /// As many whole characters of a text as fit into a name before an ending.
    private static func cut(_ text: String, _ ending: String) -> Name {
        var scalars = String.UnicodeScalarView()
        var room = Name.maximumBytes - ending.utf8.count
        for scalar in text.unicodeScalars {
            room -= UTF8.width(scalar)
            guard room >= 0 else { break }
            scalars.append(scalar)
        }
        guard let name = try? Name(String(scalars) + ending) else {
            preconditionFailure("no name without controls: \(text)")
        }
        return name
    }
}
