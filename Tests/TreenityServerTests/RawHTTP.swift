import NIOCore
import NIOPosix
import Testing

@testable import TreenityServer

/// All that comes back until the server closes the connection.
///
/// - Parameter window: how many bytes the network holds for this end, about.
func http(
    _ address: ListeningAddress, _ request: String, window: Int = 1 << 16
) async throws -> (status: Int, headers: [String], body: String) {
    let channel = try await ClientBootstrap(group: MultiThreadedEventLoopGroup.singleton)
        .channelOption(.socketOption(.so_rcvbuf), value: SocketOptionValue(window))
        .connect(host: address.host, port: address.port) { channel in
            channel.eventLoop.makeCompletedFuture {
                try NIOAsyncChannel<ByteBuffer, ByteBuffer>(wrappingChannelSynchronously: channel)
            }
        }
    let text = try await channel.executeThenClose { inbound, outbound in
        // A server that is busy may have answered and left by now.
        try? await outbound.write(ByteBuffer(string: request))
        var all = ByteBuffer()
        for try await var part in inbound { all.writeBuffer(&part) }
        return String(buffer: all)
    }
    let head = text.split(separator: "\r\n", omittingEmptySubsequences: false)
    let lines = head.prefix { !$0.isEmpty }.map(String.init)
    let status = try #require(lines.first?.split(separator: " ").dropFirst().first.flatMap { Int($0) })
    return (status, lines, head.dropFirst(lines.count + 1).joined(separator: "\r\n"))
}
