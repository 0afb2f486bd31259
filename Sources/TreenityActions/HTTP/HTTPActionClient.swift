import AsyncHTTPClient
import NIOCore
import NIOHTTP1

/// Asks web servers to do actions.
struct HTTPActionClient: Sendable {
    private let client: HTTPClient

    init(_ client: HTTPClient) {
        self.client = client
    }

    /// The reply's bytes. Ends with `cancelled` when the task is cancelled.
    func reply(of post: HTTPPost, to call: ActionCall) async throws(ActionFailure.Cause) -> [UInt8] {
        do {
            // The deadline is the task's.
            let response = try await client.execute(request(post, call), deadline: .distantFuture)
            guard 200..<300 ~= response.status.code else {
                let start = await response.body.start(Excerpt.maximumBytes)
                throw ActionFailure.Cause.status(response.status.code, Excerpt.text(start))
            }
            return try await response.body.all(upTo: post.maximumReplyBytes)
        } catch let cause as ActionFailure.Cause {
            throw cause
        } catch {
            throw Task.isCancelled ? .cancelled : .unreachable(HTTPErrorWords.words(for: error))
        }
    }

    private func request(_ post: HTTPPost, _ call: ActionCall) -> HTTPClientRequest {
        var request = HTTPClientRequest(url: post.url)
        request.method = .POST
        request.headers.add(name: "Content-Type", value: "application/json")
        request.headers.add(name: "Accept", value: "application/json")
        for header in post.headers { request.headers.replaceOrAdd(name: header.name, value: header.value) }
        request.body = .bytes(ByteBuffer(bytes: call.json))
        return request
    }
}

extension HTTPClientResponse.Body {
    fileprivate func all(upTo maximum: Int) async throws -> [UInt8] {
        var bytes: [UInt8] = []
        for try await chunk in self {
            guard bytes.count + chunk.readableBytes <= maximum else {
                throw ActionFailure.Cause.replyTooLong(maximum: maximum)
            }
            bytes += chunk.readableBytesView
        }
        // A body whose task is cancelled ends as if it were complete.
        guard !Task.isCancelled else { throw ActionFailure.Cause.cancelled }
        return bytes
    }

    /// The first bytes, at least so many where there are as many and they come in time.
    fileprivate func start(_ count: Int) async -> [UInt8] {
        var bytes: [UInt8] = []
        do {
            for try await chunk in self {
                bytes += chunk.readableBytesView
                if bytes.count >= count { break }
            }
        } catch {
            // The status says more than what cut its explanation short.
        }
        return bytes
    }
}

extension HTTPClient.Configuration {
    /// Nothing is followed, tried again or unpacked: each could do more than what the file of actions says.
    static func actions(running: Int) -> HTTPClient.Configuration {
        var configuration = HTTPClient.Configuration()
        configuration.redirectConfiguration = .disallow
        configuration.decompression = .disabled
        configuration.connectionPool.retryConnectionEstablishment = false
        // Whoever has a turn does not wait once more for a connection.
        configuration.connectionPool.concurrentHTTP1ConnectionsPerHostSoftLimit = max(1, running)
        return configuration
    }
}
