import Testing

@testable import TreenityWebSocket

@Suite("Compression is negotiated as RFC 7692 says")
struct DeflateNegotiationTests {
    private static let alone = "permessage-deflate; server_no_context_takeover; client_no_context_takeover"

    @Test(
        "A server answers the first offer that it can keep, with messages that stand alone",
        arguments: [
            ("permessage-deflate", alone),
            ("Permessage-Deflate", alone),
            ("permessage-deflate; client_max_window_bits", alone),
            ("permessage-deflate; client_max_window_bits=8", alone),
            ("permessage-deflate; server_no_context_takeover; client_no_context_takeover", alone),
            ("permessage-deflate; server_max_window_bits=15", alone),
            ("permessage-deflate; server_max_window_bits=9", alone + "; server_max_window_bits=9"),
            ("permessage-deflate;server_max_window_bits=\"12\"", alone + "; server_max_window_bits=12"),
            ("x-webkit-deflate-frame, permessage-deflate", alone),
            ("permessage-deflate; server_max_window_bits=8, permessage-deflate", alone),
            (
                "permessage-deflate; unheard_of, permessage-deflate; server_max_window_bits=10, permessage-deflate",
                alone + "; server_max_window_bits=10"
            ),
        ])
    func accepted(offers: String, answer: String) {
        #expect(Deflation(offers: elements(offers))?.answer == answer)
    }

    @Test(
        "A server declines what is not as the RFC has it, or beyond zlib",
        arguments: [
            "", "permessage-bzip2", "permessage deflate", "permessage-deflate; unheard_of",
            "permessage-deflate; server_max_window_bits", "permessage-deflate; server_max_window_bits=7",
            "permessage-deflate; server_max_window_bits=16", "permessage-deflate; server_max_window_bits=8",
            "permessage-deflate; server_max_window_bits=010", "permessage-deflate; server_max_window_bits=+9",
            "permessage-deflate; server_max_window_bits=", "permessage-deflate; client_max_window_bits=16",
            "permessage-deflate; server_no_context_takeover=1", "permessage-deflate; client_no_context_takeover=true",
            "permessage-deflate; client_max_window_bits; client_max_window_bits=9", "permessage-deflate;",
            "permessage-deflate; server_max_window_bits=\"9", "; permessage-deflate",
        ])
    func declined(offers: String) {
        #expect(Deflation(offers: elements(offers)) == nil)
    }

    @Test("A server keeps a client's own offer")
    func ownOffer() {
        #expect(Deflation(offers: elements(Deflation.offer)) == .full)
    }

    @Test(
        "A client takes what it offered",
        arguments: [
            (alone, 15), (alone + "; client_max_window_bits=9", 9), (alone + "; client_max_window_bits=8", 8),
            (alone + "; server_max_window_bits=8", 15), ("permessage-deflate; server_no_context_takeover", 15),
        ])
    func agreed(answer: String, windowBits: Int) throws {
        #expect(try Deflation.agreed(in: elements(answer), isOffered: true) == Deflation(windowBits: windowBits))
    }

    @Test("Without an answer nothing is compressed")
    func silence() throws {
        #expect(try Deflation.agreed(in: [String](), isOffered: true) == nil)
        #expect(try Deflation.agreed(in: [String](), isOffered: false) == nil)
    }

    @Test(
        "A client refuses an answer to what it did not offer",
        arguments: [
            "permessage-bzip2", alone + ", permessage-bzip2", alone + ", " + alone, "permessage-deflate",
            alone + "; unheard_of", alone + "; client_max_window_bits", alone + "; client_max_window_bits=7",
            alone + "; server_max_window_bits=16", alone + "; client_no_context_takeover",
            "permessage-deflate; server_no_context_takeover=1", "permessage deflate",
        ])
    func unoffered(answer: String) {
        #expect(throws: WebSocketHandshakeError.self) {
            try Deflation.agreed(in: elements(answer), isOffered: true)
        }
    }

    @Test("A client that offers nothing refuses every answer, and says which")
    func nothingOffered() {
        let error = #expect(throws: WebSocketHandshakeError.self) {
            try Deflation.agreed(in: elements(Self.alone), isOffered: false)
        }
        #expect(error?.description.contains("permessage-deflate") == true)
    }

    /// A header's value, split as NIO does it.
    private func elements(_ header: String) -> [String] {
        header.split(separator: ",").map { String($0.drop { $0 == " " }) }
    }
}
