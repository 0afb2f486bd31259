import Foundation
import Testing

/// A real terminal with a shell in it, played by tmux on a server of its own.
final class TerminalSession {
    private let socket = "treenity-\(UUID().uuidString.prefix(8))"
    private let server: Program

    init(columns: Int = 100, rows: Int = 30) throws {
        // In the foreground: a server in the background would keep what it inherits, and nobody could end it.
        server = try Program("tmux", ["-D", "-u", "-L", socket, "-f", "/dev/null"])
        _ = try eventually("a session of tmux") {
            try Program.run(
                "tmux",
                [
                    "-N", "-u", "-L", socket, "new-session", "-d", "-x", "\(columns)", "-y", "\(rows)", "-e",
                    "LC_ALL=C.UTF-8", "-e", "PS1=$ ", "env -u TMUX sh",
                ]
            ).status == 0 ? true : nil
        }
    }

    deinit {
        server.send(SIGTERM)
    }

    @discardableResult
    private func tmux(_ arguments: String...) throws -> String {
        try Program.run("tmux", ["-N", "-u", "-L", socket] + arguments).output
    }

    /// Types a command line for the shell.
    func run(_ command: String) throws {
        try type(command)
        try press("Enter")
    }

    /// Types characters as they are.
    func type(_ text: String) throws { try tmux("send-keys", "-l", text) }

    /// Presses keys by their names in tmux.
    func press(_ keys: String...) throws {
        for key in keys { try tmux("send-keys", key) }
    }

    func resize(columns: Int, rows: Int) throws {
        try tmux("resize-window", "-x", "\(columns)", "-y", "\(rows)")
    }

    /// The terminal goes away from under what runs in it.
    func hangUp() throws { try tmux("kill-session") }

    /// The screen as text.
    func screen() throws -> String { try tmux("capture-pane", "-p") }

    /// The value of one of tmux's variables of the pane.
    func variable(_ name: String) throws -> String {
        try tmux("display-message", "-p", "#{\(name)}").trimmingCharacters(in: .whitespacesAndNewlines)
    }

    /// The process that has the terminal: its shell, or what was put in that one's place by `exec`.
    func process() throws -> pid_t { try #require(pid_t(variable("pane_pid"))) }

    /// Waits until the screen is as wanted, and gives it; after half a minute, the test fails.
    @discardableResult
    func wait(_ what: String, until isThere: (String) throws -> Bool) throws -> String {
        var last = ""
        do {
            return try eventually(what) {
                last = try screen()
                return try isThere(last) ? last : nil
            }
        } catch let failure as NeverHappened {
            throw NeverHappened(description: "\(failure.description); instead:\n\(last)")
        }
    }

    @discardableResult
    func wait(for text: String) throws -> String {
        try wait("“\(text)” on the screen") { $0.contains(text) }
    }

    /// Waits until the tree has come: what is pressed before means nothing yet.
    func waitForTree() throws {
        try wait("the tree") { $0.contains("● live") && !$0.contains("loading") }
    }
}

/// Something that did not come about in time.
struct NeverHappened: Error, CustomStringConvertible {
    let description: String
}

/// Looks again and again until there is an answer; after half a minute, the test fails.
func eventually<Value>(_ what: String, _ look: () throws -> Value?) throws -> Value {
    let clock = ContinuousClock()
    let end = clock.now + .seconds(30)
    while clock.now < end {
        if let value = try look() { return value }
        // Another process has to do its part: there is nothing here that could be waited for.
        poll(nil, 0, 30)
    }
    throw NeverHappened(description: what)
}
