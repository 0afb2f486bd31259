import Glibc
import NIOCore
import NIOPosix
import Testing
import TreenityProtocol

@testable import TreenityServer

@Suite("A socket in the file system", .timeLimit(.minutes(5)))
struct SocketFileTests {
    /// A path at which nothing is.
    private func freePath() throws -> String { try TemporaryFile("").path + ".sock" }

    private func mode(_ path: String) -> mode_t? {
        var status = stat()
        return lstat(path, &status) == 0 ? status.st_mode : nil
    }

    @Test("is for this user alone, speaks like any other, and is gone when the server ends")
    func serving() async throws {
        let path = try freePath()
        try await withServer(["n": 1], configure: { $0.addresses = [.socket(path: path)] }) { _, address in
            #expect(address.url == "unix:\(path)")
            #expect(mode(path) == S_IFSOCK | 0o600)
            let channel = try await ClientBootstrap(group: MultiThreadedEventLoopGroup.singleton)
                .connect(unixDomainSocketPath: path) { channel in
                    channel.eventLoop.makeCompletedFuture {
                        try NIOAsyncChannel<ByteBuffer, ByteBuffer>(wrappingChannelSynchronously: channel)
                    }
                }
            let answer = try await channel.executeThenClose { inbound, outbound in
                let request = "GET /tree HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n"
                try await outbound.write(ByteBuffer(string: request))
                var all = ByteBuffer()
                for try await var part in inbound { all.writeBuffer(&part) }
                return String(buffer: all)
            }
            #expect(answer.hasSuffix("\r\n\r\n{\"n\":1}"))
        }
        #expect(mode(path) == nil)
    }

    @Test("that a dead server left behind is replaced")
    func stale() throws {
        let path = try freePath()
        let old = try SocketFile(at: path)
        close(old.descriptor)
        #expect(mode(path) != nil)
        let new = try SocketFile(at: path)
        defer { close(new.descriptor) }
        #expect(mode(path) == S_IFSOCK | 0o600)
        new.remove()
        #expect(mode(path) == nil)
    }

    @Test("is left where it is another's by now")
    func others() throws {
        let path = try freePath()
        let old = try SocketFile(at: path)
        defer { close(old.descriptor) }
        unlink(path)
        let new = try SocketFile(at: path)
        defer { close(new.descriptor) }
        old.remove()
        #expect(mode(path) != nil)
        new.remove()
    }

    @Test("at which somebody listens, or in the place of which something else is, is an error")
    func taken() async throws {
        let path = try freePath()
        let living = try SocketFile(at: path)
        defer {
            close(living.descriptor)
            living.remove()
        }
        #expect(listen(living.descriptor, 1) == 0)
        let file = try TemporaryFile("precious")
        for (path, reason) in [
            (path, "something else listens there already"), (file.path, "a file that is no socket is there"),
            ("/no/such/folder/x", "no such file or directory"),
        ] {
            let error = #expect(throws: ServerError.self) { try SocketFile(at: path) }
            #expect(error?.description == "cannot listen on \(path): \(reason)")
        }
        let long = "/tmp/" + String(repeating: "x", count: 108)
        let error = #expect(throws: ServerError.self) { try SocketFile(at: long) }
        #expect(error?.description == "cannot listen on \(long): the path of a socket has at most 107 bytes")
        #expect(mode(file.path) != nil)
    }

    @Test("and ports are listened on together, or none of them")
    func several() async throws {
        let path = try freePath()
        try await withServer(configure: { $0.addresses = [.socket(path: path), .anyPort, .anyPort] }) { _, _ in
            #expect(mode(path) != nil)
        }
        try await withServer { _, taken in
            var configuration = ServerConfiguration(logger: .silent)
            configuration.addresses = [.socket(path: path), taken.place]
            let server = TreeServer(configuration)
            await #expect(throws: ServerError.self) { try await server.run { _ in Issue.record("it listens") } }
            #expect(mode(path) == nil)
        }
    }
}
