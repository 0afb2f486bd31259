import Glibc
import NIOSSL
import SwiftASN1

/// What a certificate says of itself (RFC 5280, section 4.1).
struct CertificateFacts: Hashable, Sendable {
    /// The seconds since 1970 from which on it is good, and up to which.
    var isGood: ClosedRange<Int64>
    /// Whether nobody but itself vouches for it.
    var isSelfSigned = false
    /// The name of who vouches for it; `nil`: it has none that could be shown.
    var issuer: String?
}

extension CertificateFacts {
    init(_ certificate: NIOSSLCertificate) {
        let start = Int64(certificate.notValidBefore)
        isGood = start...max(start, Int64(certificate.notValidAfter))
        guard let bytes = try? certificate.toDERBytes(), let names = try? CertificateNames(bytes) else { return }
        isSelfSigned = names.issuer.encodedBytes == names.subject.encodedBytes
        issuer = CertificateNames.shown(names.issuer)
    }

    /// Why it is not trusted at a moment, in plain words.
    ///
    /// - Parameter now: seconds since 1970.
    func objection(at now: Int64) -> String {
        if isGood.upperBound < now { return "it was good until \(CertificateFacts.date(isGood.upperBound))" }
        if isGood.lowerBound > now {
            return "it is good from \(CertificateFacts.date(isGood.lowerBound)) on, if this machine's clock is right"
        }
        if isSelfSigned { return "it is signed by itself alone, and not among the authorities that are trusted" }
        let issuer = issuer.map { " (it is signed by “\($0)”)" } ?? ""
        return "no known authority vouches for it as it is now\(issuer)"
    }

    /// A day of UTC: `2027-01-31`.
    private static func date(_ seconds: Int64) -> String {
        var seconds = time_t(seconds)
        var parts = tm()
        gmtime_r(&seconds, &parts)
        func twoDigits(_ number: Int32) -> String { (number < 10 ? "0" : "") + String(number) }
        return "\(1900 + parts.tm_year)-\(twoDigits(parts.tm_mon + 1))-\(twoDigits(parts.tm_mday))"
    }
}

/// The names in a certificate.
private struct CertificateNames {
    let issuer: ASN1Node
    let subject: ASN1Node

    init(_ bytes: [UInt8]) throws {
        let signed = try CertificateNames.parts(of: try CertificateNames.parts(of: try DER.parse(bytes)).first)
        // A version stands first, but in the oldest certificates.
        let version = ASN1Identifier(tagWithNumber: 0, tagClass: .contextSpecific)
        let fields = signed.first?.identifier == version ? signed.dropFirst() : signed[...]
        // Serial number, algorithm, issuer, dates, subject.
        guard fields.count >= 5 else { throw ASN1Error.invalidASN1Object(reason: "no certificate") }
        issuer = fields[fields.startIndex + 2]
        subject = fields[fields.startIndex + 4]
    }

    private static func parts(of node: ASN1Node?) throws -> [ASN1Node] {
        guard case .constructed(let parts)? = node?.content else { return [] }
        return Array(parts)
    }

    /// The common name, or else the organization's.
    static func shown(_ name: ASN1Node) -> String? {
        let texts = (try? parts(of: name).flatMap(parts).map(parts)) ?? []
        for wanted in [[2, 5, 4, 3], [2, 5, 4, 10]] as [ASN1ObjectIdentifier] {
            for pair in texts where pair.count == 2 {
                guard (try? ASN1ObjectIdentifier(derEncoded: pair[0])) == wanted,
                    case .primitive(let bytes) = pair[1].content
                else { continue }
                let text = String(decoding: bytes.prefix(80), as: UTF8.self).filter { !$0.isNewline && $0 != "\0" }
                if !text.isEmpty { return text }
            }
        }
        return nil
    }
}
