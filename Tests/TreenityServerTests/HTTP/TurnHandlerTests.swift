import NIOCore
import NIOEmbedded
import NIOHTTP1
import Testing

@testable import TreenityServer

@Suite("The limit of time on an HTTP connection")
struct TurnHandlerTests {
    private static let limit = TimeAmount.seconds(60)
    private static let nearly = TimeAmount.seconds(59)

    private let channel = EmbeddedChannel()

    init() throws {
        try channel.pipeline.syncOperations.addHandlers(HTTPServerPipelineHandler(), TurnHandler(limit: Self.limit))
        try channel.connect(to: SocketAddress(unixDomainSocketPath: "/peer")).wait()
    }

    private func ask() throws {
        try channel.writeInbound(HTTPServerRequestPart.head(.init(version: .http1_1, method: .GET, uri: "/tree")))
        try channel.writeInbound(HTTPServerRequestPart.end(nil))
    }

    private func write(_ part: HTTPServerResponsePart) { channel.write(part, promise: nil) }

    private func answer() {
        write(.head(.init(version: .http1_1, status: .ok)))
        write(.end(nil))
        channel.flush()
    }

    private func pass(_ time: TimeAmount) { channel.embeddedEventLoop.advanceTime(by: time) }

    @Test("does not run while the server is at work")
    func work() throws {
        try ask()
        pass(.hours(1))
        #expect(channel.isActive)
    }

    @Test("begins with the end of an answer, and ends with the next request")
    func between() throws {
        try ask()
        answer()
        pass(Self.nearly)
        try ask()
        pass(.hours(1))
        #expect(channel.isActive)
        answer()
        pass(Self.limit)
        #expect(!channel.isActive)
    }

    @Test("does not run behind an answer where the next request had come with the one before")
    func pipelined() throws {
        try ask()
        try ask()
        answer()
        pass(.hours(1))
        #expect(channel.isActive)
        answer()
        pass(Self.limit)
        #expect(!channel.isActive)
    }

    @Test("runs anew for each part that the peer is to take, whatever it has asked for meanwhile")
    func taking() throws {
        try ask()
        try ask()
        write(.head(.init(version: .http1_1, status: .ok)))
        pass(Self.nearly)
        write(.body(.byteBuffer(ByteBuffer(string: "{}"))))
        pass(Self.nearly)
        #expect(channel.isActive)
        channel.flush()
        pass(.hours(1))
        #expect(channel.isActive)
        write(.end(nil))
        pass(Self.limit)
        #expect(!channel.isActive)
    }
}
