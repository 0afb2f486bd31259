import ArgumentParser
import TreenityServer

/// What a server takes at most.
struct ServeLimitOptions: ParsableArguments {
    @Option(help: ArgumentHelp("Take messages up to this size.", valueName: "size"))
    var maxMessage = ByteCount(1 << 20)

    @Option(help: ArgumentHelp("Take so many patches in a batch.", valueName: "count"))
    var maxBatch = 1_000

    @Option(help: ArgumentHelp("Take so many subscriptions of a session.", valueName: "count"))
    var maxSubscriptions = 256

    @Option(help: ArgumentHelp("Let the tree have so many nodes. (default: any number)", valueName: "count"))
    var maxNodes: Int?

    @Option(help: ArgumentHelp("Take so many patches a second of one user. (default: any number)", valueName: "count"))
    var rate: Int?

    @Option(help: ArgumentHelp("Cut off who lets more than this wait.", valueName: "size"))
    var maxQueue = ByteCount(16 << 20)

    func validate() throws {
        guard maxMessage.bytes >= 1_024, maxMessage.bytes <= 1 << 30 else {
            throw ValidationError("--max-message is from 1KiB to 1GiB")
        }
        guard maxQueue.bytes >= 64 << 10 else { throw ValidationError("--max-queue is from 64KiB on") }
        guard [maxBatch, maxSubscriptions, maxNodes ?? 1, rate ?? 1].allSatisfy({ $0 > 0 }) else {
            throw ValidationError("limits are larger than 0")
        }
    }

    func apply(to configuration: inout ServerConfiguration) {
        configuration.maximumMessageBytes = maxMessage.bytes
        configuration.maximumBatch = maxBatch
        configuration.maximumSubscriptions = maxSubscriptions
        configuration.maximumNodes = maxNodes ?? .max
        configuration.patchesPerSecond = rate
        configuration.maximumQueuedBytes = maxQueue.bytes
    }
}
