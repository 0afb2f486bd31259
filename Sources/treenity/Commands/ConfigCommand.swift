import ArgumentParser
import Foundation
import TreenityConfiguration
import TreenityYAML

/// `treenity config`
struct ConfigCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "config",
        abstract: "Say where the configuration file is, explain what can stand in it, or check it.",
        discussion: """
            The file is $XDG_CONFIG_HOME/treenity/config.yaml, else ~/.config/treenity/config.yaml. A client starts with \
            what is right in it and says what is wrong.

            treenity config --example > ~/.config/treenity/config.yaml
            """)

    @Flag(help: "Write a configuration file that explains all that can stand in it.")
    var example = false

    @Flag(help: "Say what is wrong with the file; the exit status is 78 then.")
    var check = false

    @Argument(help: "The file to check, instead of your own; “-” reads standard input.", completion: .file())
    var file: String?

    func validate() throws {
        if example, check { throw ValidationError("give --example or --check, not both") }
        if file != nil, !check { throw ValidationError("a file is for --check") }
    }

    func run() throws {
        if example {
            try StandardOutput.write(ConfigurationExample.text)
        } else if check {
            try checkFile()
        } else {
            try StandardOutput.write(ConfigurationFile.path(environment: ProcessInfo.processInfo.environment) + "\n")
        }
    }

    private func checkFile() throws {
        let environment = ProcessInfo.processInfo.environment
        let themes = Themes.files(environment)
        let complaints: [String]
        if let file {
            let (name, bytes) = try InputFile.read(file)
            complaints = Configuration.parse(String(decoding: bytes, as: UTF8.self), themes: themes).problems
                .map { $0.description(in: name) }
        } else {
            complaints = ConfigurationFile(environment: environment, themes: themes).complaints
        }
        for complaint in complaints { StandardError.write(complaint) }
        if !complaints.isEmpty { throw ExitCode(ExitStatus.configuration) }
    }
}
