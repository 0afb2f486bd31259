import Subprocess
import SystemPackage

/// Runs a command, without a shell, in a session and process group of its own, of which nothing is left afterwards.
///
/// The call is its standard input: a file, so that a command that does not read it neither blocks anyone nor breaks a
/// pipe. What it has written when it exits is the reply. What it started goes on no longer than itself: once it has
/// exited, the rest of its process group is killed, even while that holds the pipes. (Only a process that leaves the group
/// on purpose, by a session of its own, escapes.)
struct CommandRun: Sendable {
    let command: Command
    let options: ActionOptions

    /// The reply's bytes. Ends with `cancelled` when the task is cancelled: SIGTERM to the process group, SIGKILL after
    /// the grace period.
    func reply(to call: ActionCall) async throws(ActionFailure.Cause) -> [UInt8] {
        guard !Task.isCancelled else { throw .cancelled }
        let directory = try WorkingDirectory(command.directory, in: options.temporaryDirectory)
        defer { directory.remove() }
        let input = try InputFile(call.json, in: options.temporaryDirectory)
        defer { input.close() }
        let ending = try await run(in: directory.path, input.descriptor)
        guard !Task.isCancelled else { throw .cancelled }
        let output = try ending.output.get()
        switch ending.status {
        case .exited(0): return output
        case .exited(let status): throw .exited(status, ending.complaint)
        case .signaled(let signal): throw .killed(signal, ending.complaint)
        }
    }

    private struct Ending {
        let status: TerminationStatus
        let output: Result<[UInt8], ActionFailure.Cause>
        let complaint: String
    }

    private func run(in directory: String, _ input: FileDescriptor) async throws(ActionFailure.Cause) -> Ending {
        do {
            let result = try await Subprocess.run(
                configuration(directory), input: .fileDescriptor(input, closeAfterSpawningProcess: false),
                output: .sequence, error: .sequence
            ) { execution in
                await follow(execution)
            }
            let (output, complaint) = result.closureResult
            return Ending(status: result.terminationStatus, output: output, complaint: Excerpt.text(complaint))
        } catch let error as SubprocessError {
            throw .notRun(words(for: error, directory))
        } catch {
            throw .notRun("\(error)")
        }
    }

    /// Reads all that the command writes, until it has exited and nothing is left of its group.
    private func follow(
        _ execution: Execution<FileDescriptorInput, SequenceOutput, SequenceOutput>
    ) async -> (Result<[UInt8], ActionFailure.Cause>, complaint: [UInt8]) {
        async let exit: Void = execution.killGroupAfterExit()
        async let complaint = execution.standardError.start(Excerpt.maximumBytes)
        let output = await execution.standardOutput.all(upTo: command.maximumOutputBytes)
        if case .failure = output { await execution.teardown(using: teardown) }
        await exit
        return (output, await complaint)
    }

    private func configuration(_ directory: String) -> Configuration {
        var platform = PlatformOptions()
        platform.createSession = true
        platform.teardownSequence = teardown
        let environment = ["PATH": options.searchPath].merging(command.environment) { $1 }
        let pairs = environment.map { (Environment.Key(stringLiteral: $0.key), $0.value) }
        return Configuration(
            executable: command.program.contains("/") ? .path(FilePath(command.program)) : .name(command.program),
            arguments: Arguments(command.arguments),
            environment: .custom(Dictionary(uniqueKeysWithValues: pairs)),
            workingDirectory: FilePath(directory),
            platformOptions: platform)
    }

    /// SIGKILL follows by itself.
    private var teardown: [TeardownStep] {
        [.send(signal: .terminate, toProcessGroup: true, allowedDurationToNextStep: options.gracePeriod)]
    }

    private func words(for error: SubprocessError, _ directory: String) -> String {
        switch error.code {
        case .executableNotFound: "there is no program “\(command.program)” that may be run"
        case .failedToChangeWorkingDirectory: "there is no directory “\(directory)” to run it in"
        default: error.description
        }
    }
}
