import Foundation
import TreenityClient
import TreenityConfiguration
import TreenityProtocol
import TreenityTerminal
import TreenityUI

/// The full-screen client before one server.
struct Client {
    var address: ServerAddress
    var appearance: AppearanceOptions
    var options = ConnectionOptions()
    var file = ConfigurationFile(environment: ProcessInfo.processInfo.environment)
    /// What the configuration says of this server.
    var profile: Profile?
    /// Subtrees whose patches are not shown at first.
    var muted: [TreePath] = []
    /// Trees of more nodes are loaded in parts, as they are unfolded; `nil`: as the configuration says.
    var mostNodes: Int?
    /// Whether edits that the server has not answered outlive this program.
    var keepsEdits = true

    /// Shows the interface at once, then connects, and runs until the user quits.
    ///
    /// - Returns: what the process should exit with.
    @MainActor
    func run() async throws -> Int32 {
        // A peer that goes away is told by the write that fails.
        signal(SIGPIPE, SIG_IGN)
        let environment = ProcessInfo.processInfo.environment
        let inbox = Inbox()
        let settings = try settings(environment, inbox)
        var terminalOptions = appearance.terminal(environment)
        terminalOptions.asksForBackground = settings.themesByBackground != nil
        return try await Terminal.withTerminal(
            options: terminalOptions, deliver: { inbox.post($0.map(Event.terminal)) }
        ) { terminal in
            var settings = settings
            if !terminal.isUTF8 { settings.isASCII = true }
            var model = Model(settings: settings)
            // Before all that it does not need: files, threads, the connection.
            _ = model.update([.clock(WallClock.now), .terminal(.resized(terminal.size))])
            terminal.reportsMouse = model.usesMouse
            terminal.present(model.view())
            let performers = performers(environment)
            defer { performers.close() }
            let loop = Loop(model, on: terminal, inbox: inbox, performers, ExternalEditor { environment[$0] })
            inbox.post(performers.drafts.opening)
            for effect in model.opening { performers.network.perform(effect) }
            await withTaskGroup { group in
                group.addTask { await performers.run(into: inbox) }
                await loop.run()
                group.cancelAll()
            }
            return terminal.ending?.exitCode ?? 0
        }
    }

    private func performers(_ environment: [String: String]) -> Performers {
        let outbox = keepsEdits ? OutboxFile.directory(for: address, environment: environment) : nil
        let state = StateDirectory(environment: environment)
        return Performers(
            network: Network(PatchConnection(to: address, options), outbox: outbox.map(OutboxFile.init(in:))),
            state: StateKeeper(state, for: address, keepsUndo: keepsEdits),
            drafts: DraftKeeper(keepsEdits ? state?.path(of: "drafts", for: address) : nil))
    }

    /// What is asked for by the configuration, its profile, the environment and the command line, each before those.
    ///
    /// - Parameter inbox: gets what is wrong with the configuration: the program starts all the same.
    @MainActor
    private func settings(_ environment: [String: String], _ inbox: Inbox) throws -> Settings {
        var settings = Settings(
            address: "\(address.isSecure ? "wss" : "ws")://\(address.endpoint)",
            isUnverified: options.encryption.insecureSkipVerify, user: "", idPrefix: Client.randomPrefix(),
            utcOffset: WallClock.utcOffset, start: address.opens ?? .root, muted: muted)
        settings.keepsUndo = keepsEdits
        settings.keepsPlace = keepsEdits
        settings.protection = profile?.protection ?? .open
        for preferences in [file.configuration.preferences, profile?.preferences] { preferences?.apply(to: &settings) }
        appearance.apply(to: &settings, environment)
        if let mostNodes { settings.mostNodes = mostNodes }
        var problems = file.complaints
        let themes = Themes.files(environment)
        settings.themeNames = themes.names
        if let pair = settings.themesByBackground {
            settings.themeName = pair.name(foregroundAndBackground: environment["COLORFGBG"])
        }
        do {
            settings.theme = try themes.theme(settings.themeName)
        } catch {
            guard appearance.theme == nil else { throw Failure(error.description) }
            settings.themeName = ThemeFiles.terminalName
            problems.append(error.description)
        }
        if let first = problems.first {
            let rest = problems.count > 1 ? " (and \(problems.count - 1) more: treenity config --check)" : ""
            inbox.post([.connection(.problem(first + rest))])
        }
        return settings
    }

    /// 128 random bits in hexadecimal digits.
    private static func randomPrefix() -> String {
        [UInt64.random(in: .min ... .max), UInt64.random(in: .min ... .max)]
            .map { String($0, radix: 16) }.joined()
    }
}

extension Profile {
    /// How far the interface lets changes through.
    fileprivate var protection: Protection {
        switch guarding {
        case .none: .open
        case .readOnly: .readOnly
        case .protected: .protected(name: name)
        }
    }
}
