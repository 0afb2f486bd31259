import NIOCore
import Testing

@testable import TreenityServer

@Suite("Addresses")
struct ListenAddressTests {
    @Test(
        "to listen on are a host and a port, or a socket in the file system",
        arguments: [
            ("127.0.0.1:1", .port(1, host: "127.0.0.1")), (":0", .port(0, host: "127.0.0.1")),
            ("tree.example", .port(8733, host: "tree.example")), ("[::1]:80", .port(80, host: "::1")),
            ("[::]", .port(8733, host: "::")), ("::1", .port(8733, host: "::1")),
            ("unix:/run/x:1.sock", .socket(path: "/run/x:1.sock")), ("unix:x", .socket(path: "x")),
            ("unix:", nil), ("h:", nil), ("h:65536", nil), ("h:-1", nil), ("h:x", nil),
        ] as [(String, ListenAddress?)])
    func parsing(text: String, address: ListenAddress?) {
        #expect(ListenAddress(text) == address)
        if let address { #expect(ListenAddress(address.description) == address) }
    }

    @Test(
        "of clients are shown as they are typed",
        arguments: [
            (.port(1, host: "::1"), false, "ws://[::1]:1/patches"), (.port(2, host: "h"), true, "wss://h:2/patches"),
            (.socket(path: "/x"), false, "unix:/x"),
        ] as [(ListenAddress, Bool, String)])
    func urls(place: ListenAddress, isEncrypted: Bool, url: String) {
        #expect(ListeningAddress(place: place, isEncrypted: isEncrypted).url == url)
    }

    @Test(
        "of visitors tell whether they come from this machine, or else from which network",
        arguments: [
            ("127.0.0.1", nil), ("127.9.9.9", nil), ("::1", nil), ("::ffff:127.0.0.1", nil),
            ("192.0.2.1", "192.0.2.1"), ("2001:db8:1:2::1", "20:1:d:b8:0:1:0:2"),
            ("2001:db8:1:2:ffff::", "20:1:d:b8:0:1:0:2"),
            ("::ffff:192.0.2.1", "0:0:0:0:0:0:0:0:0:0:ff:ff:c0:0:2:1"),
        ] as [(String, String?)])
    func visitors(ip: String, origin: String?) throws {
        let visitor = Visitor(try SocketAddress(ipAddress: ip, port: 1))
        #expect(visitor.isLocal == (origin == nil))
        #expect(visitor.origin == origin)
    }

    @Test("of peers that have left already, or of sockets in the file system")
    func otherVisitors() throws {
        #expect(!Visitor(nil).isLocal)
        #expect(Visitor(try SocketAddress(unixDomainSocketPath: "/x")) == .local)
    }
}
