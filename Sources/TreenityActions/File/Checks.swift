import FoundationEssentials

/// What the single values of a file of actions have to be.
enum Checks {
    static let defaultTimeout = Duration.seconds(10)
    static let defaultBytes = 1 << 20
    private static let maximumSeconds = 3600.0
    private static let maximumBytes = 64 << 20

    static func filled(_ text: String) throws(Mistake) -> String {
        guard !text.isEmpty else { throw Mistake("is empty; leave it out instead") }
        return text
    }

    static func timeout(_ text: String) throws(Mistake) -> Duration {
        guard let seconds = Double(text), seconds > 0, seconds <= maximumSeconds else {
            throw Mistake("“\(text)” is no time limit; write seconds, as 10 or 0.5, up to \(Int(maximumSeconds))")
        }
        return .milliseconds(Int64((seconds * 1000).rounded(.up)))
    }

    static func bytes(_ text: String) throws(Mistake) -> Int {
        guard let count = Int(text), 1...maximumBytes ~= count else {
            throw Mistake("“\(text)” is no number of bytes; write one from 1 to \(maximumBytes)")
        }
        return count
    }

    static func url(_ text: String) throws(Mistake) -> String {
        guard let url = URL(string: text), let scheme = url.scheme?.lowercased(), ["http", "https"].contains(scheme),
            let host = url.host(), !host.isEmpty
        else { throw Mistake("“\(text)” is no web address; write https://host/path") }
        guard url.user() == nil, url.password() == nil else {
            throw Mistake("a name or password in the address is not sent; write headers: { Authorization: … }")
        }
        return text
    }

    static func header(_ name: String, _ value: String) throws(Mistake) -> HTTPPost.Header {
        // A token of RFC 9110, 5.6.2.
        let isToken = name.utf8.allSatisfy { byte in
            switch byte {
            case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
                UInt8(ascii: "0")...UInt8(ascii: "9"):
                true
            default: "!#$%&'*+-.^_`|~".utf8.contains(byte)
            }
        }
        guard isToken, !name.isEmpty else { throw Mistake("“\(name)” cannot be a header's name") }
        guard !["content-length", "transfer-encoding", "connection"].contains(name.lowercased()) else {
            throw Mistake("“\(name)” is set by the connection itself; leave it out")
        }
        guard value.utf8.allSatisfy({ $0 >= 0x20 && $0 != 0x7F }) else {
            throw Mistake("“\(name)” has a control character in its value")
        }
        return HTTPPost.Header(name: name, value: value)
    }
}

// MARK: Commands

extension Checks {
    static func withoutNull(_ text: String) throws(Mistake) -> String {
        guard !text.utf8.contains(0) else { throw Mistake("a zero byte cannot be handed to a program") }
        return text
    }

    static func program(_ text: String) throws(Mistake) -> String {
        guard !text.isEmpty else { throw Mistake("the program has no name") }
        guard text.hasPrefix("/") || !text.contains("/") else {
            throw Mistake("“\(text)” begins nowhere; write an absolute path, or a name alone to look for it in PATH")
        }
        return text
    }

    static func directory(_ text: String) throws(Mistake) -> String {
        guard try withoutNull(text).hasPrefix("/") else {
            throw Mistake("“\(text)” begins nowhere; write an absolute path")
        }
        return text
    }

    static func variable(_ name: String, _ value: String) throws(Mistake) -> (String, String) {
        guard !name.isEmpty, !name.contains("="), !(name.utf8.first.map { 0x30...0x39 ~= $0 } ?? true) else {
            throw Mistake("“\(name)” cannot be a variable's name")
        }
        return (try withoutNull(name), try withoutNull(value))
    }
}
