import Logging
import NIOHTTP1
import NIOSSL
import Synchronization
import TreenityProtocol
import TreenityYAML

/// What decides who comes in, and what is read again while the server runs: tokens and certificates.
final class Door: Sendable {
    /// Who is in.
    let book: GuestBook
    private let configuration: ServerConfiguration
    private let gate: Gate
    private let clock: @Sendable () -> Timestamp
    private let encryption = Mutex<Encryption?>(nil)

    init(
        _ configuration: ServerConfiguration, clock: @escaping @Sendable () -> Timestamp, pacer: any Clock<Duration>
    ) {
        self.configuration = configuration
        self.clock = clock
        gate = Gate(configuration)
        // Until the file is read nobody has a token.
        let nobody = configuration.tokens.map { _ in Credentials(TokenFile()) }
        book = GuestBook(nobody, clock: clock, pacer: pacer)
    }

    /// Reads tokens, certificate and key. They are in force together, or where it throws those before them.
    func load() throws(ServerError) {
        let credentials = try configuration.tokens.map { path throws(ServerError) in try Door.credentials(path) }
        let encryption = try configuration.encryption.map { files throws(ServerError) in
            try Encryption(files, now: clock().milliseconds / 1_000)
        }
        if let warning = encryption?.warning {
            configuration.logger.warning("the certificate is out of date", metadata: ["reason": "\(warning)"])
        }
        self.encryption.withLock { $0 = encryption }
        if let credentials { book.replace(credentials) }
    }

    /// Whether the sender of a request may have it answered.
    func admit(_ head: HTTPRequestHead, from visitor: Visitor) -> Admission {
        gate.admit(head, from: visitor, book.credentials, at: clock())
    }

    /// For a new connection; `nil`: it is not encrypted.
    func encryptionHandler() -> NIOSSLServerHandler? {
        encryption.withLock { $0 }?.handler()
    }

    private static func credentials(_ path: String) throws(ServerError) -> Credentials {
        let text = try FileContents.text(of: path, "the file of tokens")
        do throws(YAMLFileError) {
            return Credentials(try TokenFile(parsing: text))
        } catch {
            throw .cannotRead("\(path), \(error.description)")
        }
    }
}
