import TreenityProtocol

/// What is wrong with a filter that was typed, and where.
struct FeedFilterError: Error, Equatable {
    var message: String
    /// The first character of what is wrong, counted from 0.
    var place: Int

    /// For a person.
    var text: String { "\(message) (character \(place + 1))" }
}

extension FeedFilter {
    /// The keys before a colon.
    static let keys = ["op:", "path:", "by:"]
    static let operations = ["ADD", "EDIT", "DELETE", "MOVE", "EXECUTE"]

    /// Reads what was typed; `nil`: no term is in it.
    static func parse(_ text: String) throws(FeedFilterError) -> FeedFilter? {
        var terms: [Term] = []
        for word in words(in: text) {
            var (rest, place) = (word.text, word.place)
            let isExcluded = !word.isQuoted && rest.hasPrefix("!")
            if isExcluded {
                rest.removeFirst()
                place += 1
            }
            guard !rest.isEmpty else {
                throw FeedFilterError(message: "“!” needs something that must not be", place: place)
            }
            let condition = try condition(rest, at: place, isQuoted: word.isQuoted)
            terms.append(Term(isExcluded: isExcluded, condition: condition))
        }
        return terms.isEmpty ? nil : FeedFilter(text, terms)
    }

    private static func condition(_ text: String, at place: Int, isQuoted: Bool) throws(FeedFilterError) -> Condition {
        guard !isQuoted, let colon = text.firstIndex(of: ":") else { return .word(SearchPattern(text)) }
        let key = text[..<colon]
        let value = String(text[text.index(after: colon)...])
        let valuePlace = place + key.count + 1
        guard !value.isEmpty || !keys.contains(key + ":") else {
            throw FeedFilterError(message: "“\(key):” needs something behind it", place: valuePlace)
        }
        switch key {
        case "op": return .operation(try operations(value, at: valuePlace))
        case "path": return .path(PathPattern(value))
        case "by": return .author(Glob(value.lowercased()))
        default:
            throw FeedFilterError(
                message: "no “\(key):”; there are \(keys.joined(separator: " ")) and \"words in quotes\"", place: place)
        }
    }

    private static func operations(_ text: String, at place: Int) throws(FeedFilterError) -> Set<String> {
        var found: Set<String> = []
        var place = place
        for name in text.split(separator: ",", omittingEmptySubsequences: false) {
            guard operations.contains(name.uppercased()) else {
                throw FeedFilterError(
                    message: "no operation “\(name)”; there are \(operations.joined(separator: " "))", place: place)
            }
            found.insert(name.uppercased())
            place += name.count + 1
        }
        return found
    }

    /// What stands between the spaces; in double quotes, spaces and colons are as good as letters.
    private static func words(in text: String) -> [(text: String, place: Int, isQuoted: Bool)] {
        var words: [(text: String, place: Int, isQuoted: Bool)] = []
        var current: (text: String, place: Int, isQuoted: Bool)?
        var isInQuotes = false
        for (place, character) in text.enumerated() {
            if character == "\"" {
                isInQuotes.toggle()
                current = current ?? ("", place, true)
            } else if character == " ", !isInQuotes {
                if let word = current, !word.text.isEmpty { words.append(word) }
                current = nil
            } else {
                current = current ?? ("", place, false)
                current?.text.append(character)
            }
        }
        if let word = current, !word.text.isEmpty { words.append(word) }
        return words
    }
}
