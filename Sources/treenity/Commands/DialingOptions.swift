import ArgumentParser
import Foundation
import TreenityClient
import TreenityConfiguration

/// How a client shows who it is, and finds out whom it speaks to.
struct DialingOptions: ParsableArguments {
    @Option(
        help: ArgumentHelp(
            "Read the token from this file, which nobody else may read.",
            discussion: "Without it the token is that of TREENITY_TOKEN, where there is one.", valueName: "file"))
    var tokenFile: String?

    @Flag(help: "Ask for the token, without showing what is typed.")
    var askToken = false

    @Option(
        name: .customLong("ca-file"),
        help: ArgumentHelp("Trust the authorities in this PEM file instead of the system's.", valueName: "file"))
    var authorities: String?

    @Option(
        help: ArgumentHelp(
            "Show the server this certificate, a PEM file; those that lead to an authority follow in it.",
            valueName: "file"))
    var cert: String?

    @Option(
        help: ArgumentHelp(
            "The private key of --cert, in PEM form. (default: in the file of the certificate)", valueName: "file"))
    var key: String?

    @Option(
        help: ArgumentHelp("The name that the server's certificate has to bear. (default: the host)", valueName: "name")
    )
    var serverName: String?

    @Flag(help: "Do not check who the server is: anybody on the way can read and change everything.")
    var insecureSkipVerify = false

    func validate() throws {
        if tokenFile != nil, askToken { throw ValidationError("give --token-file or --ask-token, not both") }
        if key != nil, cert == nil { throw ValidationError("--key is for the certificate that --cert names") }
    }

    /// These options, and for what they do not say, what a profile says.
    func over(_ profile: Profile?) -> DialingOptions {
        guard let profile else { return self }
        var options = self
        if tokenFile == nil, !askToken { options.tokenFile = profile.tokenFile.map(DialingOptions.expanded) }
        options.authorities = authorities ?? profile.authorities.map(DialingOptions.expanded)
        if cert == nil {
            options.cert = profile.certificate.map(DialingOptions.expanded)
            options.key = profile.key.map(DialingOptions.expanded)
        }
        options.serverName = serverName ?? profile.serverName
        return options
    }

    /// A path with the user's home for a leading `~`: no shell has seen it.
    private static func expanded(_ path: String) -> String {
        path.hasPrefix("~/") ? NSString(string: path).expandingTildeInPath : path
    }

    /// May ask the user.
    func apply(to options: inout ConnectionOptions, of address: ServerAddress, _ environment: [String: String]) throws {
        options.encryption.authorities = authorities
        options.encryption.identity = cert.map { ClientIdentity(certificate: $0, key: key) }
        options.encryption.serverName = serverName
        options.encryption.insecureSkipVerify = insecureSkipVerify
        options.proxy = ProxyOptions(environment: environment)
        do {
            options.token = try TokenSource.token(
                from: TokenSource.order(file: tokenFile, asks: askToken), environment: environment,
                read: { path throws(TokenError) in try TokenFile(path).token() },
                ask: { () throws(TokenError) in try TokenPrompt().token("Token for \(address.endpoint): ") })
        } catch {
            throw Failure(error.description)
        }
    }
}
