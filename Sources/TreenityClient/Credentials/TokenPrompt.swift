import Glibc

/// Asks the user for a token, at the terminal and without showing what is typed.
public struct TokenPrompt: Sendable {
    private let device: String

    /// A question at the terminal that this process belongs to, wherever its input and output go.
    public init() {
        self.init(at: "/dev/tty")
    }

    init(at device: String) {
        self.device = device
    }

    /// Asks, and waits for a line. Blocks.
    ///
    /// The terminal shows again what is typed on every way out: also when the process is ended by a signal meanwhile,
    /// which then ends it. It cannot be stopped (Ctrl-Z) meanwhile.
    ///
    /// - Throws: ``TokenError`` where there is no terminal, nothing is typed, or what is typed is no token.
    public func token(_ question: String) throws(TokenError) -> Token {
        let descriptor = open(device, O_RDWR | O_CLOEXEC | O_NOCTTY)
        guard descriptor >= 0 else {
            throw TokenError("there is no terminal to ask for the token: give it in a file or \(TokenSource.variable)")
        }
        defer { close(descriptor) }
        guard let silence = TerminalSilence(descriptor) else {
            throw TokenError("the token cannot be asked for: \(device) is no terminal, and would show it")
        }
        defer { silence.end() }
        silence.write(question)
        guard let line = try line(descriptor) else { throw TokenError("no token was given") }
        return try Token(line)
    }

    /// What is typed before the end of the line; `nil`: the end of input came instead.
    private func line(_ descriptor: Int32) throws(TokenError) -> String? {
        var line: [UInt8] = []
        var byte: UInt8 = 0
        while line.count <= Token.maximumBytes {
            let count = read(descriptor, &byte, 1)
            if count < 0, errno == EINTR { continue }
            guard count >= 0 else {
                throw TokenError("the token cannot be read: \(String(cString: strerror(errno)).lowercased())")
            }
            guard count > 0 else { return line.isEmpty ? nil : String(decoding: line, as: UTF8.self) }
            guard byte != UInt8(ascii: "\n") else { break }
            line.append(byte)
        }
        return String(decoding: line, as: UTF8.self)
    }
}
