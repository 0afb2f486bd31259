import NIOSSL
import Testing

@testable import TreenityClient

@Suite("A certificate that is not trusted")
struct CertificateFactsTests {
    private func facts(_ pem: String) throws -> CertificateFacts {
        CertificateFacts(try #require(try NIOSSLCertificate.fromPEMBytes(Array(pem.utf8)).first))
    }

    @Test("tells who signed it, and for how long")
    func reading() throws {
        #expect(
            try facts(Certificates.signed)
                == CertificateFacts(isGood: 1_577_836_800...4_922_899_200, issuer: "Test Authority"))
        #expect(try facts(Certificate.pem).isSelfSigned)
        #expect(try facts(Certificate.pem).issuer == "localhost")
    }

    @Test(
        "has a reason for that",
        arguments: [
            (1_000, false, "Corp", "it is good from 2020-01-01 on, if this machine's clock is right"),
            (1_580_000_000, false, "Corp", "no known authority vouches for it as it is now (it is signed by “Corp”)"),
            (1_580_000_000, false, nil, "no known authority vouches for it as it is now"),
            (1_580_000_000, true, "x", "it is signed by itself alone, and not among the authorities that are trusted"),
            (1_612_051_201, true, "x", "it was good until 2021-01-31"),
        ] as [(Int64, Bool, String?, String)])
    func reasons(now: Int64, isSelfSigned: Bool, issuer: String?, reason: String) {
        let facts = CertificateFacts(
            isGood: 1_577_836_800...1_612_051_200, isSelfSigned: isSelfSigned, issuer: issuer)
        #expect(facts.objection(at: now) == reason)
    }
}
