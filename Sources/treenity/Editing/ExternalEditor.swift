import Subprocess
import SystemPackage
import TreenityUI

/// Runs the user's own editor on a text, on the terminal of this process.
struct ExternalEditor: Sendable {
    let words: [String]
    /// Where the file is made.
    let directory: String

    init(environment variable: (String) -> String?) {
        words = EditorCommand(environment: variable).words
        // The runtime directory is in memory, and the user's alone.
        let named = ["XDG_RUNTIME_DIR", "TMPDIR"].lazy.compactMap(variable).first { $0.hasPrefix("/") }
        directory = named ?? "/tmp"
    }

    /// Returns when the editor has ended.
    ///
    /// A task that is cancelled ends the editor; what it had saved until then is the outcome.
    func edit(_ edit: ExternalEdit) async -> ExternalOutcome {
        do {
            let file = try EditedFile(edit, in: directory)
            defer { file.remove() }
            let complaint = await run(on: file.path)
            if Task.isCancelled { return .interrupted(try file.contents()) }
            return try complaint.map(ExternalOutcome.failed) ?? .text(file.contents())
        } catch {
            return .failed("nothing was edited: \(error)")
        }
    }

    /// - Returns: why the text is not to be used; `nil`: it is.
    private func run(on file: String) async -> String? {
        let program = words[0]
        var options = PlatformOptions()
        options.teardownSequence = [.send(signal: .terminalClosed, allowedDurationToNextStep: .seconds(2))]
        let configuration = Configuration(
            executable: program.contains("/") ? .path(FilePath(program)) : .name(program),
            arguments: Arguments(words.dropFirst() + [file]), platformOptions: options)
        do {
            let result = try await Subprocess.run(
                configuration, input: .currentStandardInput, output: .currentStandardOutput,
                error: .currentStandardError)
            return switch result.terminationStatus {
            case .exited(0): nil
            case .exited(let code): "\(program) ended with \(code): nothing was taken from it"
            case .signaled(let signal): "\(program) was ended by signal \(signal): nothing was taken from it"
            }
        } catch let error as SubprocessError where error.code == .executableNotFound {
            return "there is no editor “\(program)”: VISUAL or EDITOR names one"
        } catch {
            return "the editor “\(program)” cannot be run: \(error)"
        }
    }
}
