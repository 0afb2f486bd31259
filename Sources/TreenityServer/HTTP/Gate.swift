import NIOHTTP1
import TreenityProtocol

/// Who is let in: keeps out web pages of other origins, for a browser lets any page connect to any address, this
/// machine's too; other machines, where nobody has to prove who they are; and else those who cannot prove it.
struct Gate: Sendable {
    private let hosts: Set<String>
    private let isEncrypted: Bool
    private let allowedOrigins: Set<String>

    init(_ configuration: ServerConfiguration) {
        hosts = Set(
            configuration.addresses.compactMap { address in
                guard case .port(_, let host) = address else { return nil }
                return host.contains(":") ? "[\(host.lowercased())]" : host.lowercased()
            })
        isEncrypted = configuration.encryption != nil
        allowedOrigins = Set(configuration.allowedOrigins.map { $0.lowercased() })
    }

    /// Whether the sender of a request may have it answered.
    ///
    /// - Parameter credentials: what is known of tokens; `nil`: nobody needs one.
    func admit(
        _ head: HTTPRequestHead, from visitor: Visitor, _ credentials: Credentials?, at now: Timestamp
    ) -> Admission {
        // A page whose name was made to lead here after it was loaded gives itself away by that name. Where tokens are
        // needed it has none, as browsers add none by themselves; and there the server may have any name.
        if credentials == nil, let complaint = complaintAboutHost(of: head) ?? complaintAboutAddress(of: visitor) {
            return .refused(.text(.forbidden, complaint))
        }
        if let complaint = complaintAboutOrigin(of: head) { return .refused(.text(.forbidden, complaint)) }
        guard let credentials else { return .granted(nil) }
        if visitor.isLocal, Route(head.uri).isOperational, complaintAboutHost(of: head) == nil { return .granted(nil) }
        return admit(head.headers[canonicalForm: "Authorization"], credentials, at: now)
    }

    // MARK: Tokens

    private func admit(_ fields: [Substring], _ credentials: Credentials, at now: Timestamp) -> Admission {
        guard !fields.isEmpty else {
            return refusal("this server asks for a token: send Authorization: Bearer TOKEN", error: nil)
        }
        let words = fields.joined(separator: ",").split(separator: " ")
        guard words.count == 2, words[0].lowercased() == "bearer" else {
            return refusal("the only way to prove who you are is Authorization: Bearer TOKEN", error: "invalid_request")
        }
        do {
            return .granted(try credentials.identity(bearing: String(words[1]), at: now))
        } catch {
            switch error {
            case .unknown: return refusal("this token is not known here", error: "invalid_token")
            case .expired(let identity):
                let day = identity.expiry.map { " (\($0))" } ?? ""
                return refusal("this token of \(identity.user) has expired\(day)", error: "invalid_token")
            }
        }
    }

    /// - Parameter error: the code of RFC 6750, section 3.1.
    private func refusal(_ reason: String, error: String?) -> Admission {
        let challenge = "Bearer realm=\"treenity\"" + (error.map { ", error=\"\($0)\"" } ?? "")
        return .refused(.text(.unauthorized, reason, headers: ["WWW-Authenticate": challenge]))
    }

    // MARK: Hosts and origins

    /// Where it is encrypted, a browser has asked the certificate for the name.
    private func complaintAboutHost(of head: HTTPRequestHead) -> String? {
        guard !isEncrypted, let authority = head.headers["Host"].first?.lowercased() else { return nil }
        let host = Gate.host(of: authority)
        guard !isOwn(host) else { return nil }
        return "this server is not called \(host): call it localhost, or have it listen at that name"
    }

    private func complaintAboutAddress(of visitor: Visitor) -> String? {
        visitor.isLocal ? nil : "without tokens only this machine itself may connect"
    }

    private func complaintAboutOrigin(of head: HTTPRequestHead) -> String? {
        guard let origin = head.headers["Origin"].first?.lowercased(), !allowedOrigins.contains(origin) else {
            return nil
        }
        let authority = head.headers["Host"].first?.lowercased()
        guard let authority, origin == "http://" + authority || origin == "https://" + authority else {
            return "pages of \(origin) may not connect"
        }
        return nil
    }

    private func isOwn(_ name: String) -> Bool {
        hosts.contains(name) || name == "localhost" || name.hasSuffix(".localhost") || name == "[::1]"
            || name.hasPrefix("127.") && name.utf8.allSatisfy { $0 == UInt8(ascii: ".") || 0x30...0x39 ~= $0 }
    }

    /// The authority without its port.
    private static func host(of authority: String) -> String {
        let end = authority.lastIndex(of: ":")
        guard let end, authority[authority.index(after: end)...].allSatisfy(\.isNumber) else { return authority }
        return String(authority[..<end])
    }
}
