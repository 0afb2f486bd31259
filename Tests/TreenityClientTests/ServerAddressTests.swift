import Testing
import TreenityClient
import TreenityProtocol

@Suite("Addresses as people type them")
struct ServerAddressTests {
    @Test(
        "are read with what they leave out",
        arguments: [
            ("localhost", "ws://localhost:8733/patches"),
            ("  tree.example:9000 ", "ws://tree.example:9000/patches"),
            ("10.0.0.1", "ws://10.0.0.1:8733/patches"),
            ("ws://a", "ws://a:8733/patches"),
            ("WSS://a", "wss://a:8733/patches"),
            ("ws://a/", "ws://a:8733/patches"),
            ("ws://a:1/", "ws://a:1/patches"),
            ("wss://a:65535/live/patches?x=1", "wss://a:65535/live/patches?x=1"),
            ("a?x=1", "ws://a:8733/patches?x=1"),
            ("http://a", "ws://a:80/patches"),
            ("https://a", "wss://a:443/patches"),
            ("https://a:8733/x", "wss://a:8733/x"),
            ("[::1]", "ws://[::1]:8733/patches"),
            ("[::1]:99", "ws://[::1]:99/patches"),
            ("wss://[fe80::1]:1/x", "wss://[fe80::1]:1/x"),
            ("a#/spaces", "ws://a:8733/patches#tree/spaces"),
            ("a/x#tree/a b/ü", "ws://a:8733/x#tree/a b/ü"),
            ("ws://a:5#/", "ws://a:5/patches#tree"),
            ("bücher.example", "ws://bücher.example:8733/patches"),
        ])
    func accepted(text: String, full: String) throws {
        let address = try ServerAddress(parsing: text)
        #expect(address.description == full)
        #expect(try ServerAddress(parsing: full) == address)
    }

    @Test("carry what is to be opened")
    func fragment() throws {
        #expect(try ServerAddress(parsing: "a#tree/spaces/x").opens == "tree/spaces/x")
        #expect(try ServerAddress(parsing: "a").opens == nil)
    }

    @Test(
        "are refused with the reason",
        arguments: [
            ("", "the host is missing"),
            ("ws://", "the host is missing"),
            (":8733", "the host is missing"),
            ("ftp://a", "“ftp://” is not known"),
            ("a:0", "the port “0”"),
            ("a:65536", "the port “65536”"),
            ("a:", "the port “”"),
            ("a:+5", "the port “+5”"),
            ("a:x/y", "the port “x”"),
            ("::1", "needs brackets"),
            ("ws://::1:8733", "needs brackets"),
            ("[::1", "“]” is missing"),
            ("[::1]x", "may follow"),
            ("[a]", "is no IPv6 address"),
            ("[127.0.0.1]", "is no IPv6 address"),
            ("a b", "“ ” cannot be"),
            ("a%0a", "“%” cannot be"),
            ("a/x y", "have to be written as %XX"),
            ("a/x\r\nEvil: 1", "have to be written as %XX"),
            ("a#x", "is no path"),
            ("a#", "is no path"),
        ])
    func refused(text: String, reason: String) {
        do {
            let address = try ServerAddress(parsing: text)
            Issue.record("\(address)")
        } catch {
            #expect(error.description.contains(reason), "\(error)")
            #expect(error.text == text)
        }
    }

    @Test(
        "that hold a secret are refused, and not shown",
        arguments: [
            "ann:hidden@a", "wss://hidden@a/x", "wss://ann:hidden@more@a?x=1", "ws://ann:hidden/2@a/x",
            "a/x?token=hidden",
            "a?x=1&Api_Key=hidden",
            "wss://a/x?access_token=hidden#tree",
        ])
    func secrets(text: String) {
        let error = #expect(throws: ServerAddressError.self) { try ServerAddress(parsing: text) }
        #expect(error?.description.contains("give the token on its own") == true)
        #expect(error?.description.contains("hidden") == false)
        #expect(error?.text.contains("hidden") == false)
    }
}
