import Testing
import TreenityProtocol

/// The examples of the design guide, as they stand there.
@Suite("The design guide's examples")
struct GuideTests {
    @Test("The example patch is read with all its fields")
    func examplePatch() throws {
        let patch = try decodePatch(
            """
            {
              "type": "PATCH",
              "path": "tree/spaces/marketing/tasks/101",
              "operation": "EDIT",
              "value": {
                "status": "in-progress"
              },
              "timestamp": 1698762345678,
              "meta": {
                "user": "john.doe"
              }
            }
            """)
        #expect(
            patch
                == Patch(
                    .edit(["status": "in-progress"]), "tree/spaces/marketing/tasks/101",
                    timestamp: Timestamp(milliseconds: 1_698_762_345_678), meta: ["user": "john.doe"]))
        #expect(patch.sender == "john.doe")
    }

    @Test("A patch without timestamp and meta is read")
    func patchWithoutTimestamp() throws {
        let patch = try decodePatch(
            """
            {
              "type": "PATCH",
              "path": "tree/spaces/marketing/tasks/101",
              "operation": "EDIT",
              "value": {
                "status": "in-progress"
              }
            }
            """)
        #expect(patch == Patch(.edit(["status": "in-progress"]), "tree/spaces/marketing/tasks/101"))
        #expect(patch.sender == "")
        #expect(patch.stamp(receivedAt: Timestamp(milliseconds: 5)).timestamp == Timestamp(milliseconds: 5))
    }

    @Test("The two patches of the conflict example are read without a type, and the second is the later")
    func conflict() throws {
        let first = try decodePatch(
            #"{ "path": "tree/tasks/1", "operation": "EDIT", "value": { "status": "in-progress" }, "timestamp": 1000 }"#
        )
        let second = try decodePatch(
            #"{ "path": "tree/tasks/1", "operation": "EDIT", "value": { "status": "completed" }, "timestamp": 1005 }"#)
        let now = Timestamp(milliseconds: 0)
        #expect(first.stamp(receivedAt: now) < second.stamp(receivedAt: now))
        #expect(second.operation == .edit(["status": "completed"]))
    }

    @Test("Paths written with a leading slash are read", arguments: ["/spaces/marketing/tasks", "/tasks/review"])
    func shortPaths(_ text: String) throws {
        #expect(try TreePath(parsing: text).text == "tree" + text)
    }
}
