import Testing

@testable import TreenityClient

@Suite("A token")
struct TokenTests {
    @Test("goes into the request, and shows nowhere else")
    func secrecy() throws {
        let token = try Token("hidden~!")
        #expect(token.authorization == "Bearer hidden~!")
        var options = ConnectionOptions()
        options.token = token
        var dumped = ""
        dump(options, to: &dumped)
        for text in ["\(token)", String(reflecting: token), String(describing: options), dumped] {
            #expect(!text.contains("hidden"))
        }
    }

    @Test(
        "that would break out of its line is none, and is not shown",
        arguments: [
            ("", "is empty"), ("hid den", "holds blanks"), ("hidden\r\nEvil: 1", "holds blanks"),
            ("hiddenü", "holds blanks"), ("hidden\u{0}", "holds blanks"),
            (String(repeating: "hidden", count: 700), "longer than 4096 bytes"),
        ])
    func mistakes(text: String, problem: String) {
        let error = #expect(throws: TokenError.self) { try Token(text) }
        #expect(error?.description.contains(problem) == true)
        #expect(error?.description.contains("hid") == false)
    }
}

@Suite("Where a token comes from")
struct TokenSourceTests {
    private func token(
        file: String? = nil, asks: Bool = false, settingsFile: String? = nil, _ environment: [String: String] = [:]
    ) throws -> Token? {
        try TokenSource.token(
            from: TokenSource.order(file: file, asks: asks, settingsFile: settingsFile), environment: environment,
            read: { path throws(TokenError) in try Token("of-" + path) },
            ask: { () throws(TokenError) in try Token("asked") })
    }

    @Test("is what was said, then the environment, then the settings")
    func order() throws {
        let environment = [TokenSource.variable: "variable"]
        #expect(try token() == nil)
        #expect(try token(settingsFile: "s") == Token("of-s"))
        #expect(try token(settingsFile: "s", environment) == Token("variable"))
        #expect(try token(settingsFile: "s", [TokenSource.variable: ""]) == Token("of-s"))
        #expect(try token(asks: true, settingsFile: "s", environment) == Token("asked"))
        #expect(try token(file: "f", asks: true, settingsFile: "s", environment) == Token("of-f"))
    }

    @Test("is named where it is wrong")
    func mistakes() {
        let error = #expect(throws: TokenError.self) { try token([TokenSource.variable: "hid den"]) }
        #expect(
            error?.description
                == "TREENITY_TOKEN: the token holds blanks, control characters or letters beyond ASCII")
    }
}
