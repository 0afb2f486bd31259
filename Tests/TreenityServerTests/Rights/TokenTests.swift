import Testing
import TreenityProtocol

@testable import TreenityServer

@Suite("A token")
struct TokenTests {
    /// Counts from 0x00 on, byte by byte.
    private struct Counting: RandomNumberGenerator {
        private var word: UInt64 = 0x0706_0504_0302_0100

        mutating func next() -> UInt64 {
            defer { word &+= 0x0808_0808_0808_0808 }
            return word
        }
    }

    @Test("is 256 random bits, recognisable and fit for a header")
    func text() {
        var randomness = Counting()
        // As `base64` has the bytes 00 to 1f.
        #expect(Token(using: &randomness).text == "trn_AAECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHh8")
    }

    @Test("is known by its SHA-256")
    func hash() {
        let known = "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad"
        #expect(TokenHash(of: "abc").description == known)
        #expect(TokenHash(hexadecimal: known.uppercased()) == TokenHash(of: "abc"))
        #expect(TokenHash(hexadecimal: known + "0") == nil)
        #expect(TokenHash(hexadecimal: "x" + known.dropFirst()) == nil)
    }

    @Test(
        "is good until its day is over, or until the moment that was written",
        arguments: [
            ("1970-01-01", 86_400), ("2027-01-31", 1_801_440_000), ("2024-02-29", 1_709_251_200),
            ("2000-12-31", 978_307_200), ("1970-01-02T00:00Z", 86_400), ("2027-01-31T18:00", 1_801_418_400),
            ("2027-01-31 18:00:30Z", 1_801_418_430),
        ] as [(String, Int64)])
    func expiry(text: String, seconds: Int64) {
        #expect(Expiry(text)?.moment == Timestamp(milliseconds: seconds * 1_000))
    }

    @Test(
        "does not expire on a day that there is not",
        arguments: [
            "", "2027", "2027-1-31", "31.1.2027", "2027-13-01", "2027-00-10", "2100-02-29", "2027-04-31", "2027-01-00",
            "2027-01-31T", "2027-01-31T24:00", "2027-01-31T18", "2027-01-31T18:00+01:00", "2027-01-31Z", "+027-01-31",
            "1969-12-31", "2027-01-31 ",
        ])
    func noExpiry(text: String) {
        #expect(Expiry(text) == nil)
    }
}
