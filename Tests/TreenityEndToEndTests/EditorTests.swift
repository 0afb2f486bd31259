import Foundation
import Testing

@Suite("Editing beside the terminal", .timeLimit(.minutes(5)))
struct EditorTests {
    private static let tree = #"{"task": {"name": "Plan", "status": "open", "notes": "one\ntwo"}}"#

    @Test("e gives the terminal to $EDITOR, split into words without a shell, with a file that only the user may read")
    func externalEditor() throws {
        let folder = try TemporaryFolder()
        let script = try folder.script(
            """
            out='\(folder.url.path)/seen'
            eval file=\\${$#}
            [ -t 0 ] && [ -t 1 ] && at=terminal
            { echo "$#:$1:$2"; stat -c %a "$file" "${file%/*}"; echo "$at"; } > "$out"
            cp "$file" "$out.json"
            echo the editor is here
            read line
            sed -i 's/"open"/"done"/' "$file"
            """)
        let server = try RunningServer(tree: Self.tree)
        let terminal = try TerminalSession()
        try terminal.run(
            #"env XDG_STATE_HOME='\#(folder.url.path)' EDITOR="'\#(script)' '\$(touch x)'" "#
                + "\(Program.path) '\(server.address)#tree/task'; echo left $?")
        try terminal.waitForTree()
        try terminal.type("e")
        try terminal.wait(for: "the editor is here")
        #expect(try terminal.variable("alternate_on") == "0")
        let seen = try #require(folder.text(of: "seen"))
        #expect(seen.hasPrefix("2:$(touch x):/"))
        #expect(seen.contains("\n600\n700\nterminal\n"))
        #expect(folder.text(of: "seen.json")?.hasPrefix("{\n  \"name\": \"Plan\",\n") == true)
        try terminal.press("Enter")
        _ = try eventually("the edit") { try server.get("tree/task/status") == "\"done\"" ? true : nil }
        try terminal.waitForTree()
        #expect(try terminal.variable("alternate_on") == "1")
        let file = String(seen.split(separator: "\n")[0].split(separator: ":")[2])
        #expect(!FileManager.default.fileExists(atPath: URL(fileURLWithPath: file).deletingLastPathComponent().path))
        try terminal.wait("the answer") { !$0.contains("pending") }
        try terminal.press("q")
        try terminal.wait(for: "left 0")
    }

    @Test("an editor that is not there, or fails, changes nothing and is named", arguments: [true, false])
    func editorFails(isThere: Bool) throws {
        let folder = try TemporaryFolder()
        let editor = isThere ? try folder.script("echo > \"$1\"; exit 3") : "/nowhere/editor"
        let server = try RunningServer(tree: Self.tree)
        let terminal = try TerminalSession(columns: 120)
        try terminal.run(
            #"env XDG_STATE_HOME='\#(folder.url.path)' VISUAL="'\#(editor)'" "#
                + "\(Program.path) '\(server.address)#tree/task'")
        try terminal.waitForTree()
        try terminal.type("e")
        try terminal.wait(for: isThere ? "ended with 3" : "there is no editor “/nowhere/editor”")
        #expect(try server.get("tree/task/status") == "\"open\"")
    }

    @Test("what was being typed is there again after a crash, in a file that only the user may read")
    func drafts() throws {
        let folder = try TemporaryFolder()
        let server = try RunningServer(tree: Self.tree)
        let client = "env XDG_STATE_HOME='\(folder.url.path)' \(Program.path) '\(server.address)#tree/task'"
        let terminal = try TerminalSession()
        try terminal.run("exec \(client)")
        try terminal.waitForTree()
        try terminal.type("i")
        try terminal.wait(for: "edit name")
        try terminal.type(" of mine")
        let file = try eventually("the file") {
            let files = FileManager.default.enumerator(at: folder.url, includingPropertiesForKeys: nil)
            let draft = files?.compactMap { $0 as? URL }.first { $0.lastPathComponent == "1.json" }
            return try draft.flatMap { try String(contentsOf: $0, encoding: .utf8).contains("of mine") ? $0 : nil }
        }
        let mode = try FileManager.default.attributesOfItem(atPath: file.path)[.posixPermissions] as? Int
        #expect(mode == 0o600)
        kill(try terminal.process(), SIGKILL)
        let another = try TerminalSession()
        try another.run(client)
        try another.wait(for: "a draft of an earlier run")
        try another.type("gd")
        try another.wait(for: "Plan of mine")
        try another.press("Enter")
        try another.wait(for: "edit name")
        try another.press("Enter")
        _ = try eventually("the edit") { try server.get("tree/task/name") == "\"Plan of mine\"" ? true : nil }
        _ = try eventually("no file") { FileManager.default.fileExists(atPath: file.path) ? nil : true }
    }

    @Test("a text that two have open at once: what one saves appears in the other's editor")
    func together() throws {
        let server = try RunningServer(tree: Self.tree)
        let here = try TerminalSession()
        let there = try TerminalSession(columns: 80, rows: 24)
        for terminal in [here, there] {
            try terminal.run("\(Program.path) '\(server.address)#tree/task'")
            try terminal.waitForTree()
            try terminal.press("Tab")
            try terminal.type("Gi")
            try terminal.wait(for: "others' edits come in")
        }
        try here.type(" and a half")
        try here.press("C-l")
        try there.wait(for: "two and a half")
        try there.press("Up", "End")
        try there.type(" more")
        try there.press("C-d")
        try here.wait(for: "one more")
        try here.press("C-d")
        _ = try eventually("the text") {
            try server.get("tree/task/notes") == #""one more\ntwo and a half""# ? true : nil
        }
    }
}

extension TemporaryFolder {
    /// A program of this name, with a space in it.
    ///
    /// Another process writes it: of what this one has open, programs that other tests start just then have a copy for a
    /// moment, and what somebody has open to write cannot be run (ETXTBSY).
    func script(_ text: String) throws -> String {
        let file = url.appendingPathComponent("my editor").path
        let write = #"printf '%s' "$1" > "$2" && chmod 755 "$2""#
        #expect(try Program.run("sh", ["-c", write, "sh", "#!/bin/sh\n" + text, file]).status == 0)
        return file
    }

    func text(of name: String) -> String? {
        try? String(contentsOf: url.appendingPathComponent(name), encoding: .utf8)
    }
}
