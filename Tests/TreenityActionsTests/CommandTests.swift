import Foundation
import Testing
import TreenityProtocol

@testable import TreenityActions

@Suite(.timeLimit(.minutes(2)))
struct CommandTests {
    @Test func aCommandReadsTheCallAndItsOutputIsTheReply() async throws {
        let script = #"printf '{"value":%s}' "$(cat)""#
        let reply = try await run(.command(.script(script)), value: ["copies": 2])
        #expect(reply.value == ["path": "tree/x", "value": ["copies": 2], "user": "ann"])
        #expect(reply.patches.isEmpty)
    }

    @Test func anAbsentArgumentIsNull() async throws {
        let script = #"printf '{"value":%s}' "$(cat)""#
        #expect(try await run(.command(.script(script))).value["value"] == .null)
    }

    @Test func argumentsAreHandedOverAsTheyAreWithoutAShell() async throws {
        let arguments = [#""%s|""#, "$HOME; echo *"]
        let echo = Command(
            program: "printf", arguments: arguments, directory: nil, environment: [:], timeout: .seconds(60),
            maximumOutputBytes: 100)
        #expect(try await run(.command(echo)).value == "$HOME; echo *|")
    }

    @Test func theEnvironmentIsThePathAndWhatIsGiven() async throws {
        // The shell adds one of its own.
        let script = #"printf '"%s"' "$(env | sort | grep -v -e ^PWD= -e ^_= | tr '\n' ' ')""#
        let command = Command.script(script, environment: ["LANG": "C.UTF-8"])
        #expect(try await run(.command(command)).value == "LANG=C.UTF-8 PATH=/usr/bin:/bin ")
    }

    @Test func aGivenPathTakesThePlaceOfTheUsualOne() async throws {
        let script = Command.script(#"printf '"%s"' "$PATH""#, environment: ["PATH": "/bin"])
        #expect(try await run(.command(script)).value == "/bin")
    }

    @Test func aNewDirectoryIsTheCommandsOwnAndRemovedAfterwards() async throws {
        let script = Command.script(#"mkdir a; echo x > a/b; printf '["%s","%s"]' "$PWD" "$(stat -c %a .)""#)
        let parts = try #require(try await run(.command(script)).value.elements)
        let directory = try #require(parts.first?.string)
        #expect(directory.hasPrefix("/tmp/treenity-action-"))
        #expect(parts.last == "700")
        #expect(!FileManager.default.fileExists(atPath: directory))
    }

    @Test func aGivenDirectoryIsUsedAndKept() async throws {
        let script = Command.script(#"printf '"%s"' "$PWD""#, directory: "/usr")
        #expect(try await run(.command(script)).value == "/usr")
        #expect(FileManager.default.fileExists(atPath: "/usr"))
    }

    @Test func aMissingDirectoryIsNamed() async throws {
        let failure = try await failure(.command(.script("true", directory: "/no/such")))
        #expect(failure?.description.contains("there is no directory “/no/such”") == true)
    }

    @Test(arguments: ["/no/such/program", "no-such-program", "/usr"])
    func aProgramThatIsNotThereIsNamed(program: String) async throws {
        let command = Command(
            program: program, arguments: [], directory: nil, environment: [:], timeout: .seconds(60),
            maximumOutputBytes: 100)
        let failure = try await failure(.command(command))
        #expect(failure?.description.contains("there is no program “\(program)”") == true)
    }

    @Test func aFailureHasTheStatusAndTheStartOfTheComplaint() async throws {
        let failure = try await failure(.command(.script("printf 'no\\033[1m ink\\n' >&2; exit 3")))
        #expect(failure?.cause == .exited(3, "no [1m ink"))
        #expect(failure?.refusal.code == .actionFailed)
        #expect(failure?.refusal.path == "tree/x")
        #expect(failure?.refusal.message == "the action's command ended with status 3: no [1m ink")
    }

    @Test func aLongComplaintIsCutAtItsStart() async throws {
        let failure = try await failure(.command(.script("yes abcdefghi | head -c 300000 >&2; exit 1")))
        guard case .exited(1, let complaint) = failure?.cause else {
            Issue.record("\(String(describing: failure))")
            return
        }
        #expect(complaint.count == 500)
        #expect(complaint.hasPrefix("abcdefghi abcdefghi "))
    }

    @Test func aCommandThatIsKilledNamesTheSignal() async throws {
        let failure = try await failure(.command(.script("kill -9 $$")))
        #expect(failure?.cause == .killed(9, ""))
    }

    @Test func aFailureWithoutAWordIsTheStatusAlone() async throws {
        let command = Command(
            program: "false", arguments: [], directory: nil, environment: [:], timeout: .seconds(60),
            maximumOutputBytes: 100)
        #expect(try await failure(.command(command))?.description == "the action's command ended with status 1")
    }

    @Test(arguments: ["true", "exec <&-; true"])
    func aCommandNeedNotReadALongArgument(script: String) async throws {
        let value = JSONValue.string(String(repeating: "x", count: 4 << 20))
        #expect(try await run(.command(.script(script)), value: value).value == .null)
    }

    @Test func aLongArgumentComesThroughWhole() async throws {
        let value = JSONValue.string(String(repeating: "x", count: 4 << 20))
        let call = ActionCall(path: "tree/x", value: value, user: "ann")
        #expect(try await run(.command(.script("wc -c")), value: value).value == .integer(call.json.count))
    }

    @Test func anOutputThatNeverEndsEndsTheCommand() async throws {
        let command = Command(
            program: "yes", arguments: [], directory: nil, environment: [:], timeout: .seconds(60),
            maximumOutputBytes: 100_000)
        #expect(try await failure(.command(command))?.cause == .replyTooLong(maximum: 100_000))
    }

    @Test func anOutputOfJustTheMaximumIsTaken() async throws {
        let script = #"printf '"'; head -c 99998 /dev/zero | tr '\0' 1; printf '"'"#
        let command = Command.script(script, maximumOutputBytes: 100_000)
        #expect(try await run(.command(command)).value.string?.count == 99_998)
    }

    @Test func outputThatIsNotUTF8IsNoJSON() async throws {
        let failure = try await failure(.command(.script(#"printf '"\377"'"#)))
        #expect(failure?.description.hasPrefix("the action's reply is no JSON: ") == true)
    }

    @Test func patchesOfACommandAreRead() async throws {
        let script = #"echo '{"patches":[{"type":"PATCH","operation":"EDIT","path":"tree/x/done","value":true}]}'"#
        let reply = try await run(.command(.script(script)))
        #expect(reply.patches == [Patch(.edit(true), "tree/x/done")])
        #expect(reply.value == .null)
    }
}
