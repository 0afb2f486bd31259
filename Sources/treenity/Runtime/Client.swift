import Foundation
import TreenityClient
import TreenityProtocol
import TreenityTerminal
import TreenityUI

/// The full-screen client before one server.
struct Client {
    var address: ServerAddress
    var appearance: AppearanceOptions
    var options = ConnectionOptions()
    /// Subtrees whose patches are not shown at first.
    var muted: [TreePath] = []
    /// Trees of more nodes are loaded in parts, as they are unfolded.
    var mostNodes = 200_000
    /// Whether edits that the server has not answered outlive this program.
    var keepsEdits = true

    /// Shows the interface at once, then connects, and runs until the user quits.
    ///
    /// - Returns: what the process should exit with.
    @MainActor
    func run() async throws -> Int32 {
        let environment = ProcessInfo.processInfo.environment
        let theme = try appearance.resolvedTheme(environment)
        let inbox = Inbox()
        let directory = keepsEdits ? OutboxFile.directory(for: address, environment: environment) : nil
        let network = Network(PatchConnection(to: address, options), outbox: directory.map(OutboxFile.init(in:)))
        return try await Terminal.withTerminal(
            options: appearance.terminal(environment), deliver: { inbox.post($0.map(Event.terminal)) }
        ) { terminal in
            let model = Model(settings: settings(theme, environment, isUTF8: terminal.isUTF8))
            let loop = Loop(model, inbox: inbox) { network.perform($0) }
            for effect in model.opening { network.perform(effect) }
            loop.drawFirst(on: terminal)
            await withTaskGroup { group in
                group.addTask { await network.run(into: inbox) }
                await loop.run(on: terminal)
                group.cancelAll()
            }
            return terminal.ending?.exitCode ?? 0
        }
    }

    private func settings(_ theme: Theme, _ environment: [String: String], isUTF8: Bool) -> Settings {
        let scheme = address.isSecure ? "wss" : "ws"
        return Settings(
            address: "\(scheme)://\(address.endpoint)", isUnverified: options.encryption.insecureSkipVerify,
            user: appearance.userName(environment),
            idPrefix: Client.randomPrefix(), utcOffset: WallClock.utcOffset, theme: theme,
            glyphs: appearance.ascii || !isUTF8 ? .ascii : .unicode, start: address.opens ?? .root,
            mostNodes: mostNodes, muted: muted)
    }

    /// 128 random bits in hexadecimal digits.
    private static func randomPrefix() -> String {
        [UInt64.random(in: .min ... .max), UInt64.random(in: .min ... .max)]
            .map { String($0, radix: 16) }.joined()
    }
}
