import Testing

@testable import TreenityClient

@Suite("A redirect")
struct DestinationTests {
    private func destination(_ address: String) throws -> Destination {
        var encryption = EncryptionOptions()
        encryption.authorities = "/ca"
        encryption.serverName = "name"
        encryption.identity = ClientIdentity(certificate: "/c")
        return Destination(
            address: try ServerAddress(parsing: address), token: try Token("t"), encryption: encryption)
    }

    @Test(
        "leads where it says",
        arguments: [
            ("ws://a:1/x/y?q", "/z", "ws://a:1/z"),
            ("ws://a:1/x/y?q", "z?r=1#f", "ws://a:1/x/z?r=1"),
            ("ws://a:1/x/y?q", "../z/./w", "ws://a:1/z/w"),
            ("ws://a:1/x/y?q", "../../../..", "ws://a:1/"),
            ("ws://a:1/x/y?q", "?r", "ws://a:1/x/y?r"),
            ("ws://a:1/x/y?q", "", "ws://a:1/x/y?q"),
            ("ws://a:1/x", "//b", "ws://b:80/"),
            ("wss://a:1/x", "//b/y", "wss://b:443/y"),
            ("ws://a:1/x", "https://a/x", "wss://a:443/x"),
            ("ws://a:1/x", "http://a", "ws://a:80/"),
            ("ws://a:1/x", "WSS://[::1]:9/y?z", "wss://[::1]:9/y?z"),
            ("ws://a:1/x#tree/b", "ws://b:2/y#z", "ws://b:2/y#tree/b"),
        ])
    func location(address: String, location: String, target: String) throws {
        #expect(try destination(address).redirected(to: location).address.description == target)
    }

    @Test(
        "takes what shows who we are only to the same server",
        arguments: [
            ("wss://a:1/x", "/y", true), ("wss://a:1/x", "wss://A:1/y", true), ("wss://a/x", "https://a:8733/", true),
            ("wss://a:1/x", "wss://a:2/x", false), ("wss://a:1/x", "wss://b:1/x", false),
            ("ws://a:1/x", "wss://a:1/x", false), ("wss://a:1/x", "wss://sub.a:1/x", false),
        ])
    func credentials(address: String, location: String, isSame: Bool) throws {
        let before = try destination(address)
        let after = try before.redirected(to: location)
        #expect((after.token != nil) == isSame)
        #expect((after.encryption.identity != nil) == isSame)
        #expect((after.encryption.serverName != nil) == isSame)
        #expect(after.encryption.authorities == "/ca")
        #expect(after.sender == before.address)
    }

    @Test(
        "that leads nowhere says so, and does not end the attempts",
        arguments: [
            ("wss://a:1", "ws://a:1/x", "a:1 is not encrypted"), ("wss://a:1", "http://b/x", "b:80 is not encrypted"),
            ("ws://a:1", "ftp://b", "“ftp://” is not known"),
            ("ws://a:1", "ws://u:hidden@b", "a name or password is in it"),
            ("ws://a:1", "ws://b:0", "the port “0” is not a number from 1 to 65535"),
            ("ws://a:1", "ws:///x", "the host is missing"),
            ("ws://a:1", "/x y", "blanks or letters beyond ASCII are in it"),
        ])
    func mistakes(address: String, location: String, problem: String) throws {
        let destination = try destination(address)
        let error = #expect(throws: ConnectionFailure.self) { try destination.redirected(to: location) }
        #expect(error == ConnectionFailure(reason: "a:1 redirects to where we do not go: \(problem)"))
    }
}
