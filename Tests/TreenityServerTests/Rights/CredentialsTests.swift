import Testing
import TreenityProtocol
import TreenitySequencer
import TreenityWebSocket

@testable import TreenityServer

@Suite("Credentials")
struct CredentialsTests {
    private let now = Timestamp(milliseconds: 86_400_000 - 1)
    private let later = Timestamp(milliseconds: 86_400_000)

    private func credentials(_ entries: (token: String, user: String, grant: String, expiry: String?)...) throws
        -> Credentials
    {
        Credentials(
            TokenFile(
                try entries.map { entry in
                    try TokenEntry(
                        hash: TokenHash(of: entry.token), user: entry.user, grants: [Grant(parsing: entry.grant)],
                        expiry: entry.expiry.flatMap(Expiry.init))
                }))
    }

    @Test("tell who bears a token, until it expires")
    func identities() throws {
        let credentials = try credentials(("a", "ann", "tree:r", "1970-01-01"), ("b", "bob", "tree/b:rw", nil))
        let ann = try credentials.identity(bearing: "a", at: now)
        #expect(ann.user == "ann")
        #expect(try credentials.identity(bearing: "b", at: later).rights.write == ["tree/b"])
        #expect(throws: Credentials.Rejection.expired(ann)) { try credentials.identity(bearing: "a", at: later) }
        for token in ["", "c", "a ", "A", TokenHash(of: "a").description] {
            #expect(throws: Credentials.Rejection.unknown) { try credentials.identity(bearing: token, at: now) }
        }
    }

    @Test("that change end the sessions of those whom it concerns")
    func changes() throws {
        let ann = try credentials(("a", "ann", "tree:r", "1970-01-01")).identity(bearing: "a", at: now)
        let same = try credentials(("a", "ann", "tree:r", "1970-01-01"))
        #expect(same.end(of: ann, at: now) == nil)
        #expect(same.end(of: ann, at: later) == CloseReason(.policyViolation, "the token has expired"))
        let longer = try credentials(("a", "ann", "tree:r", "1970-01-02"), ("b", "bob", "tree:r", nil))
        #expect(longer.end(of: ann, at: later) == nil)
        let revoked = CloseReason(.policyViolation, "the token was revoked")
        #expect(try credentials(("b", "ann", "tree:r", nil)).end(of: ann, at: now) == revoked)
        let changed = CloseReason(.tryAgainLater, "the rights have changed: connect again")
        #expect(try credentials(("a", "ann", "tree:rw", nil)).end(of: ann, at: now) == changed)
        #expect(try credentials(("a", "amy", "tree:r", nil)).end(of: ann, at: now) == changed)
    }

    @Test("tell when the next session ends")
    func nextExpiry() throws {
        let old = try credentials(
            ("a", "ann", "tree:r", "2030-01-01"), ("b", "bob", "tree:r", "2028-01-01"), ("c", "eve", "tree:r", nil))
        let identities = try ["a", "b", "c"].map { try old.identity(bearing: $0, at: now) }
        #expect(old.nextExpiry(of: identities) == Expiry("2028-01-01")?.moment)
        #expect(old.nextExpiry(of: identities.suffix(1)) == nil)
        let new = try credentials(("a", "ann", "tree:r", "2027-01-01"))
        #expect(new.nextExpiry(of: identities) == Expiry("2027-01-01")?.moment)
    }
}
