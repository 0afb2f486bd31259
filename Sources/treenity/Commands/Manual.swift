import ArgumentParser
import Foundation
import TreenityProtocol

/// `treenity manual`: the manual page, made of the definitions that the help is made of.
struct Manual: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "manual",
        abstract: "Write the manual page, for man(1).",
        discussion: "treenity manual > ~/.local/share/man/man1/treenity.1")

    func run() throws {
        let help: JSONValue
        do { help = try JSONValue(parsing: Array(Treenity._dumpHelp().utf8)) } catch { throw Failure("\(error)") }
        try StandardOutput.write(ManualPage(help).text)
    }
}
