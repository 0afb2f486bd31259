import Glibc
import NIOCore

extension ConnectionHandler {
    func channelRead(context: ChannelHandlerContext, data: NIOAny) {
        let bytes = unwrapInboundIn(data)
        machine.received(bytesAt: context.eventLoop.now)
        decoder.append(bytes)
        takeFrames(context, of: bytes.readableBytes)
    }

    /// Works on frames until there are no more or an event is full.
    ///
    /// - Parameter count: how many bytes are new.
    private func takeFrames(_ context: ChannelHandlerContext, of count: Int = 0) {
        let now = context.eventLoop.now
        do throws(Violation) {
            while !isFull, let frame = try decoder.next() { perform(machine.received(frame, at: now), context) }
        } catch {
            perform(machine.received(error), context)
        }
        holdsFrames = isFull
        machine.worked(on: count, isWithinFrame: decoder.isWithinFrame)
    }

    private var isFull: Bool { inflates && messageBytes >= Self.fullBatch }

    func perform(_ action: ConnectionMachine.FrameAction, _ context: ChannelHandlerContext) {
        switch action {
        case .nothing: break
        case .deliver(let message):
            messages.append(message)
            messageBytes += message.bytes.count
        case .pong(let payload): pong(payload, context)
        case .report(let roundTrip): context.fireChannelRead(wrapInboundOut(.event(.roundTrip(roundTrip))))
        case .finish:
            deliver(context)
            context.fireChannelRead(wrapInboundOut(.end))
            limitClosing(context)
        case .disconnect: context.close(promise: nil)
        }
    }

    func channelReadComplete(context: ChannelHandlerContext) {
        machine.stoppedReading()
        deliver(context)
        context.fireChannelReadComplete()
        keepReadingWhileEnding(context)
    }

    /// More is asked for: first come the frames that are held, then the socket.
    func read(context: ChannelHandlerContext) {
        isAskedForMore = true
        guard !isServing else { return }
        isServing = true
        serveHeldFrames(context)
        isServing = false
        guard isAskedForMore || machine.isEnding else { return }
        isAskedForMore = false
        machine.startedReading(at: context.eventLoop.now)
        context.read()
    }

    /// Does what the socket would do: a burst, and the question for the next one, which the consumer may hold back.
    private func serveHeldFrames(_ context: ChannelHandlerContext) {
        while isAskedForMore, holdsFrames {
            isAskedForMore = false
            takeFrames(context)
            deliver(context)
            context.fireChannelReadComplete()
            context.channel.read()
        }
    }

    /// What is held then goes with the connection: a peer that waits for the answer to its close frame loses nothing.
    func channelInactive(context: ChannelHandlerContext) {
        deliver(context)
        timer?.cancel()
        ended.succeed(machine.disconnected(problem))
        context.fireChannelInactive()
    }

    func errorCaught(context: ChannelHandlerContext, error: any Error) {
        problem = problem ?? describe(error)
        context.close(promise: nil)
    }

    private func deliver(_ context: ChannelHandlerContext) {
        guard !messages.isEmpty else { return }
        context.fireChannelRead(wrapInboundOut(.event(.messages(messages))))
        messages.removeAll()
        messageBytes = 0
    }

    /// A consumer that has stopped must not hide from us that the peer has left.
    func keepReadingWhileEnding(_ context: ChannelHandlerContext) {
        guard machine.isEnding else { return }
        takeFrames(context)
        context.read()
    }

    private func describe(_ error: any Error) -> String {
        guard let error = error as? IOError else { return "\(error)" }
        return error.errnoCode == ECONNRESET ? "the connection was reset by the peer" : error.description
    }
}
