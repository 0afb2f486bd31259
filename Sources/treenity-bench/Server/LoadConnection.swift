import Foundation

/// A session of a server under load, over a bare socket: so that the load costs little beside the server.
final class LoadConnection {
    let socket: Int32
    /// How often the pattern has come.
    private(set) var count = 0
    private let pattern: [UInt8]
    /// The end of what came before, in which the pattern may have begun.
    private var rest: [UInt8] = []

    /// - Parameter pattern: is counted in what comes.
    init(port: UInt16, counting pattern: String) throws {
        self.pattern = Array(pattern.utf8)
        socket = Glibc.socket(AF_INET, Int32(SOCK_STREAM.rawValue), 0)
        var address = sockaddr_in()
        address.sin_family = sa_family_t(AF_INET)
        address.sin_port = port.bigEndian
        address.sin_addr.s_addr = UInt32(0x7F00_0001).bigEndian
        let code = withUnsafePointer(to: &address) { pointer in
            pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) {
                connect(socket, $0, socklen_t(MemoryLayout<sockaddr_in>.size))
            }
        }
        guard code == 0 else { throw BenchError("cannot connect: \(String(cString: strerror(errno)))") }
        var on: Int32 = 1
        setsockopt(socket, Int32(IPPROTO_TCP), TCP_NODELAY, &on, socklen_t(MemoryLayout<Int32>.size))
        try write(
            Array(
                """
                GET /patches HTTP/1.1\r\nHost: 127.0.0.1:\(port)\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n\
                Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\nSec-WebSocket-Version: 13\r\n\
                Sec-WebSocket-Protocol: treenity.v1\r\n\r\n
                """.utf8))
        // The greeting follows the answer.
        try waitForInput()
        try receive()
        _ = fcntl(socket, F_SETFL, O_NONBLOCK)
    }

    deinit { close(socket) }

    /// A message as a masked frame; the mask is zero, which costs nobody anything.
    static func frame(_ text: String) -> [UInt8] {
        let bytes = Array(text.utf8)
        let length =
            bytes.count < 126
            ? [0x80 | UInt8(bytes.count)] : [0xFE, UInt8(bytes.count >> 8), UInt8(bytes.count & 0xFF)]
        return [0x81] + length + [0, 0, 0, 0] + bytes
    }

    /// Writes all of it, and waits where the server does not read.
    func write(_ bytes: [UInt8]) throws {
        var written = 0
        while written < bytes.count {
            let count = bytes[written...].withUnsafeBytes { send(socket, $0.baseAddress, $0.count, 0) }
            if count > 0 {
                written += count
            } else if errno == EAGAIN {
                var state = pollfd(fd: socket, events: Int16(POLLOUT), revents: 0)
                poll(&state, 1, 100)
            } else {
                throw BenchError("the server has closed a connection")
            }
        }
    }

    /// Takes what has come.
    func receive() throws {
        var buffer = [UInt8](repeating: 0, count: 1 << 18)
        let count = read(socket, &buffer, buffer.count)
        guard count > 0 else {
            if count < 0, errno == EAGAIN { return }
            throw BenchError("the server has closed a connection")
        }
        let bytes = rest + buffer[..<count]
        self.count += occurrences(in: bytes)
        rest = Array(bytes.suffix(pattern.count - 1))
    }

    private func waitForInput() throws {
        var state = pollfd(fd: socket, events: Int16(POLLIN), revents: 0)
        guard poll(&state, 1, 5_000) == 1 else { throw BenchError("the server does not answer") }
    }

    /// By a byte of the pattern that is rare in messages, which the C library finds fast.
    private func occurrences(in bytes: [UInt8]) -> Int {
        let anchor = 3
        return bytes.withUnsafeBytes { bytes in
            guard let base = bytes.baseAddress else { return 0 }
            var (count, start) = (0, 0)
            while start < bytes.count,
                let found = memchr(base + start, Int32(pattern[anchor]), bytes.count - start)
            {
                let place = UnsafeRawPointer(found) - base
                start = place + 1
                let first = place - anchor
                guard first >= 0, first + pattern.count <= bytes.count else { continue }
                if bytes[first..<first + pattern.count].elementsEqual(pattern) { count += 1 }
            }
            return count
        }
    }
}
